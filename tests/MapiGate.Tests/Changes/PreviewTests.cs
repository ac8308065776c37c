using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Changes;

/// <summary>A preview shows what a policy will have done in the end: with rules that are yet to begin, without those that are over.</summary>
public class PreviewTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Gatekeeper _gatekeeper;
    private readonly MapiSession _session;

    public PreviewTests()
    {
        _gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, _clock);
        _session = _gatekeeper.Logon("a.exe", "svc");
        _gatekeeper.Logon("b.exe");
    }

    [Fact]
    public void ARuleThatHasNotBegun_CountsAsBegun()
    {
        var preview = _gatekeeper.Preview(Gate.Denying(new() { Process = "a.exe", From = _clock.GetUtcNow() + TimeSpan.FromDays(1) }));

        preview.Disconnected.Select(session => session.Id).Should().Equal(_session.Id);
        preview.ByRule.Should().Equal(new Dictionary<string, int> { ["rule"] = 1 });
        preview.ByProgram.Should().Equal(new Dictionary<string, int> { ["a.exe"] = 1 });
        preview.Remaining.Should().Be(1);
        _session.IsDisconnected.Should().BeFalse();
    }

    [Fact]
    public void ARuleThatIsOver_OffOrOnlyReported_CountsNot()
    {
        _gatekeeper.Preview(Gate.Denying(new() { Process = "a.exe", Until = _clock.GetUtcNow() })).Disconnected.Should().BeEmpty();
        _gatekeeper.Preview(Gate.Denying(new() { Process = "a.exe", Mode = RuleMode.Off })).Disconnected.Should().BeEmpty();
        _gatekeeper.Preview(Gate.Denying(new() { Process = "a.exe", Mode = RuleMode.ReportOnly })).Disconnected.Should().BeEmpty();
    }

    [Fact]
    public void AnExemption_CountsWhileItIsInForce()
    {
        var now = _clock.GetUtcNow();

        Preview(new() { User = "svc", Until = now + TimeSpan.FromHours(1) }).Should().BeEmpty();
        Preview(new() { User = "svc", Until = now }).Should().ContainSingle();
        Preview(new() { User = "svc", From = now + TimeSpan.FromHours(1) }).Should().ContainSingle();

        IReadOnlyList<SessionInfo> Preview(ExemptionOptions exemption) =>
            _gatekeeper.Preview(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", Exemptions = { ["svc"] = exemption } })).Disconnected;
    }

    [Fact]
    public void TheFuse_CountsARuleThatHasNotBegun_AsThePreviewDoes()
    {
        var policy = ConnectionPolicy.FromOptions(new() { MaxDisconnects = 0, Rules = { ["rule"] = new() { Process = "a.exe", From = _clock.GetUtcNow() + TimeSpan.FromDays(1) } } });

        var held = _gatekeeper.Apply(policy).Held;

        held.Should().NotBeNull("whoever confirms it shall know whom it will cut");
        held!.Disconnects.Should().Be(_gatekeeper.Preview(policy).Disconnected.Count);
        _gatekeeper.Policy.Should().BeSameAs(ConnectionPolicy.AllowAll);
    }
}
