using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MapiGate.Tests.Configuration;

public class ConfigurationTests
{
    [Fact]
    public void EveryKey_IsRead()
    {
        using var services = Json.Services("""
            {
              "MapiGate": {
                "DisableMapiClientProcesses": "a.exe",
                "DisableMapiClients": "11",
                "ClientsWithoutProcessName": "deny",
                "ClientsWithoutVersion": "Deny",
                "Rules": {
                  "old-outlook": {
                    "Process": "OUTLOOK.EXE", "Version": "-16.0.15927.65535", "Mailbox": "jane*", "User": "CORP\\jane", "Address": "10.1.0.0/16",
                    "From": "2020-01-01T00:00:00Z", "Until": "2999-01-01T00:00:00Z", "Message": "Call 4711.", "Reason": "INC-1", "Mode": "reportonly"
                  }
                },
                "Exemptions": { "nightly": { "Process": "a.exe", "User": "svc", "Until": "2999-01-01T00:00:00Z", "Reason": "backup" } },
                "ReportOnly": { "DisableMapiClientProcesses": "b.exe", "DisableMapiClients": "12" },
                "MaxDisconnects": 100,
                "MaxDisconnectPercent": 12.5
              }
            }
            """);

        var policy = services.Gatekeeper().Policy;

        policy.ToString().Should().Be(
            "a.exe; version 11; ClientsWithoutProcessName = Deny; ClientsWithoutVersion = Deny; "
            + @"report only rule old-outlook (Process OUTLOOK.EXE, Version -16.0.15927.65535, Mailbox jane*, User CORP\jane, Address 10.1.0.0/16, from 2020-01-01T00:00:00Z, until 2999-01-01T00:00:00Z, because INC-1); "
            + "except nightly (Process a.exe, User svc, until 2999-01-01T00:00:00Z, because backup); report only b.exe; report only 12");
        services.Gatekeeper().InForce.Rules.Single(rule => rule.Name == "old-outlook").Message.Should().Be("Call 4711.");
        services.Gatekeeper().Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"ClientsWithoutVersion\": \"Maybe\"", "MapiGate:ClientsWithoutVersion is \"Maybe\"; write Allow or Deny.")]
    [InlineData("\"Mode\": \"Off\"", "MapiGate:Mode is \"Off\"; write Enforce or ReportOnly.")]
    [InlineData("\"MaxDisconnects\": \"many\"", "MapiGate:MaxDisconnects is \"many\"; write a whole number, as in 100.")]
    [InlineData("\"MaxDisconnects\": -1", "MapiGate:MaxDisconnects is \"-1\"; write a whole number, as in 100.")]
    [InlineData("\"MaxDisconnectPercent\": 101", "MaxDisconnectPercent is 101; write a number from 0 to 100.")]
    [InlineData("\"DisableMapiClients\": \"11, x\"", "DisableMapiClients: \"x\" is not a version or a range of versions; write 11.0.5608.5606, 8-9, -7 or 15.0.4569.1503-, each part from 0 to 65535.")]
    [InlineData("\"Exemptions\": [ { \"User\": \"a\", \"Until\": \"soon\" } ]", "MapiGate:Exemptions:0:Until is \"soon\"; write a moment, as in 2026-12-31T18:00:00Z.")]
    [InlineData("\"Exemptions\": \"backup.exe\"", "MapiGate:Exemptions is \"backup.exe\"; write an object with a name for each entry, as in { \"old-outlook\": { \"Process\": \"OUTLOOK.EXE\" } }.")]
    public void AValueThatCannotBeUsed_IsNamedWithKeyValueAndFix(string setting, string message)
    {
        using var services = Json.Services($$"""{ "MapiGate": { {{setting}} } }""");

        services.Invoking(s => s.Gatekeeper()).Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal(message);
    }

    [Fact]
    public void EveryFault_IsNamedAtOnce()
    {
        using var services = Json.Services("""{ "MapiGate": { "Mode": "Off", "MaxDisconnects": "x", "DisableMapiClientProcesses": ["a"] } }""");

        services.Invoking(s => s.Gatekeeper()).Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(3);
    }

    [Fact]
    public void AMisspeltKey_IsAFinding()
    {
        using var services = Json.Services("""{ "MapiGate": { "DisableMapiClientProcess": "a.exe", "Exemptions": [ { "Usr": "x", "User": "y" } ] } }""");

        services.Gatekeeper().Findings.Where(finding => finding.Code == "MG1017").Select(finding => finding.Key)
            .Should().BeEquivalentTo("MapiGate:DisableMapiClientProcess", "MapiGate:Exemptions:0:Usr");
    }

    [Fact]
    public void ASourceThatReportsAProblem_MakesThePolicyALastKnownGoodOne()
    {
        var configuration = new ConfigurationBuilder().Add(new TroubledSource()).Build();
        using var services = new ServiceCollection().AddMapiGate(configuration).Services.BuildServiceProvider();

        services.Gatekeeper().Status.Error.Should().Be("The value is a REG_DWORD.");
        services.Gatekeeper().TryLogon(Gate.Client("a.exe"), out _, out _).Should().BeFalse("what the source kept is in force");
        services.Gatekeeper().Findings.Should().ContainSingle().Which.Message.Should().Be("The key is odd.");
    }

    /// <summary>A source that cannot read what is written, and keeps what it read last.</summary>
    private sealed class TroubledSource : ConfigurationProvider, IConfigurationSource, IPolicySource
    {
        public string? Error => "The value is a REG_DWORD.";

        public IReadOnlyList<string> Notes => ["The key is odd."];

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load() => Data["MapiGate:DisableMapiClientProcesses"] = "a.exe";
    }
}
