using System.Net;

namespace MapiGate.Tests.Rules;

/// <summary>An exemption asks what a rule asks, but of every name of the client and not of any.</summary>
public class ExemptionConditionTests
{
    [Theory]
    [InlineData("backup.exe", true)]
    [InlineData("backup.exe;agent.exe", true)]
    [InlineData("backup.exe;;agent.exe", true)]
    [InlineData("backup.exe;evil.exe", false)]
    [InlineData("evil.exe;backup.exe", false)]
    [InlineData("", false)]
    public void Process_MustNameEveryNameOfTheClient(string names, bool exempt) =>
        Exempting(new() { Process = "backup.exe; agent.exe" }).Evaluate(new MapiClient { ProcessNames = names.Split(';'), Version = new Version(16, 0) }).IsAllowed.Should().Be(exempt);

    [Fact]
    public void Apply_CutsWhoAddsAnotherNameToAnExemptOne()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.TryLogon(new MapiClient { ProcessNames = ["backup.exe"], Version = new Version(16, 0) }, out var exempt, out _);
        gatekeeper.TryLogon(new MapiClient { ProcessNames = ["backup.exe", "evil.exe"], Version = new Version(16, 0) }, out var disguised, out _);

        gatekeeper.Apply(Exempting(new() { Process = "backup.exe" })).Disconnected.Should().Be(1);

        exempt!.IsDisconnected.Should().BeFalse();
        disguised!.IsDisconnected.Should().BeTrue();
    }

    [Theory]
    [InlineData("16.0.1.1", "/cn=jane", "10.1.2.3", true)]
    [InlineData("17.0.1.1", "/cn=jane", "10.1.2.3", false)]
    [InlineData("16.0.1.1", "/cn=john", "10.1.2.3", false)]
    [InlineData("16.0.1.1", "/cn=jane", "10.2.2.3", false)]
    [InlineData("16.0.1.1", null, "10.1.2.3", false)]
    [InlineData("16.0.1.1", "/cn=jane", null, false)]
    public void AllThatIsStated_MustBeMet(string version, string? userDn, string? address, bool exempt) =>
        Exempting(new() { Version = "16", Mailbox = "jane", Address = "10.1.0.0/16" })
            .Evaluate(new MapiClient { ProcessNames = ["a.exe"], Version = Version.Parse(version), UserDn = userDn, RemoteAddress = address is null ? null : IPAddress.Parse(address) })
            .IsAllowed.Should().Be(exempt);

    [Fact]
    public void ANamedRule_IsExemptedFromToo_AndTheVerdictNamesBoth()
    {
        var verdict = ConnectionPolicy.FromOptions(new()
        {
            Rules = { ["no-beta"] = new() { Process = "beta*.exe" } },
            Exemptions = { ["testers"] = new() { User = "tester-*" } },
        }).Evaluate(Gate.Client("beta7.exe", @"CORP\tester-1"));

        verdict.IsAllowed.Should().BeTrue();
        (verdict.Rule, verdict.Exemption).Should().Be(("no-beta", "testers"));
    }

    /// <summary>Everybody who has a version is denied, but for the exemption.</summary>
    private static IConnectionPolicy Exempting(ExemptionOptions exemption) =>
        ConnectionPolicy.FromOptions(new() { DisableMapiClients = "0-", Exemptions = { ["exemption"] = exemption } });
}
