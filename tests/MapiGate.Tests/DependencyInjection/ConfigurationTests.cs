using Microsoft.Extensions.Options;

namespace MapiGate.Tests.DependencyInjection;

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
                "Exemptions": [ { "Process": "a.exe", "User": "svc", "Until": "2999-01-01T00:00:00Z", "Reason": "nightly" } ],
                "ReportOnly": { "DisableMapiClientProcesses": "b.exe", "DisableMapiClients": "12" },
                "MaxDisconnects": 100,
                "MaxDisconnectPercent": 12.5
              }
            }
            """);

        var policy = services.Gatekeeper().Policy;

        policy.ToString().Should().Be(
            "a.exe; 11; ClientsWithoutProcessName = Deny; ClientsWithoutVersion = Deny; "
            + "except Process a.exe, User svc, Until 2999-01-01T00:00:00Z, Reason nightly; report only b.exe; report only 12");
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
    [InlineData("\"Exemptions\": \"backup.exe\"", "MapiGate:Exemptions is \"backup.exe\"; write a list of objects, each with Process, User, Until or Reason.")]
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
        using var services = Json.Services("""{ "MapiGate": { "DisableMapiClientProcesses": "a.exe", "SourceErrors": { "Registry": "The value is a REG_DWORD." } } }""");

        services.Gatekeeper().Status.Error.Should().Be("The value is a REG_DWORD.");
        services.Gatekeeper().TryLogon(Gate.Client("a.exe"), out _, out _).Should().BeFalse();
    }
}
