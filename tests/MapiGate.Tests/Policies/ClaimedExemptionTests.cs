using MapiGate.TestSupport;

namespace MapiGate.Tests.Policies;

public class ClaimedExemptionTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public void TryLogonByClaim_LetsAnExemptClientIn_AndSaysSoOnlyWhenItsClaimIsAccepted()
    {
        var policy = ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", Exemptions = { ["lifted"] = new() { User = "jane" } } });
        using var gatekeeper = new Gatekeeper(policy, logger: _log.For<Gatekeeper>());
        var client = new MapiClient { ProcessNames = ["a.exe"], UserName = "jane" };

        gatekeeper.TryLogonByClaim(client, out var session, out var verdict).Should().BeTrue();
        session!.IsDisconnected.Should().BeFalse();
        _log.Entries.Should().NotContain(entry => entry.EventId.Name == "LogonExempted");

        gatekeeper.ReportExemption(client, verdict);
        _log.Entries.Should().ContainSingle(entry => entry.EventId.Name == "LogonExempted");
    }
}
