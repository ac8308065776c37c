using System.Diagnostics.Metrics;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Policies;

public class ReportOnlyTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public void ARuleOnlyReported_RefusesNobody_ButLogsAndCounts()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var metrics = new RecordedMetrics(factory);
        var options = new MapiGateOptions { ReportOnly = { DisableMapiClientProcesses = "mfc*.exe", DisableMapiClients = "11" } };
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(options), null, _log.For<Gatekeeper>(), factory);

        gatekeeper.Logon("MFCMapi.exe");
        gatekeeper.TryLogon(new MapiClient { Version = new Version(11, 0, 1, 1) }, out _, out var verdict).Should().BeTrue();

        verdict.ReportedRule.Should().Be("11");
        metrics.Sum("mapigate.logons.reported{mfc*.exe}").Should().Be(1);
        metrics.Sum("mapigate.logons.reported{11}").Should().Be(1);
        metrics.Sum("mapigate.logons{allowed}").Should().Be(2);
        _log.Entries.Where(entry => entry.EventId.Id == 110).Select(entry => entry.Message)
            .Should().Contain("Logon would be refused by rule \"mfc*.exe\", which is only reported: process \"MFCMapi.exe\" version \"\" user \"\" mailbox \"\" machine \"\" address \"\"").And.HaveCount(2);
    }

    [Fact]
    public void ARuleOnlyReported_DisconnectsNobody()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new MapiGateOptions { ReportOnly = { DisableMapiClientProcesses = "a.exe" } }));

        session.IsDisconnected.Should().BeFalse();
    }

    [Fact]
    public void ModeReportOnly_EnforcesNothing_AndReportsEverything()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new MapiGateOptions
        {
            Mode = PolicyMode.ReportOnly,
            DisableMapiClientProcesses = "a.exe",
            ClientsWithoutVersion = ClientAdmission.Deny,
        }));

        session.IsDisconnected.Should().BeFalse();
        gatekeeper.TryLogon(session.Client, out _, out var verdict).Should().BeTrue();
        verdict.ReportedRule.Should().Be("a.exe");
        gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out verdict).Should().BeTrue();
        verdict.ReportedRule.Should().Be("ClientsWithoutVersion = Deny");
    }

    [Fact]
    public void AnExemptClient_IsNotReported()
    {
        var options = new MapiGateOptions { ReportOnly = { DisableMapiClientProcesses = "a.exe" }, Exemptions = { ["x"] = new() { User = "svc" } } };

        ConnectionPolicy.FromOptions(options).Evaluate(Gate.Client("a.exe", "svc")).ReportedRule.Should().BeNull();
    }
}
