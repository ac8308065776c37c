using MapiGate.TestSupport;

namespace MapiGate.Tests.Telemetry;

/// <summary>A listener to the meter is somebody else's code too: what it throws costs a measurement and nothing else.</summary>
public sealed class ThrowingMeterTests : IDisposable
{
    private readonly SteppedClock _clock = new();
    private readonly MeterHost _meters;
    private bool _throws;

    public ThrowingMeterTests()
    {
        _meters = new MeterHost(_ =>
        {
            if (Volatile.Read(ref _throws))
            {
                throw new InvalidOperationException("exporter bug");
            }
        });
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void AnExemptionsEnd_IsActedOn_AndSoIsTheNext()
    {
        var gatekeeper = Start(EndingPolicy.Create(_clock));
        var sessions = new[] { gatekeeper.Logon("backup.exe", "svc1"), gatekeeper.Logon("backup.exe", "svc2") };
        _throws = true;

        // A timer's callback that throws ends the process.
        _clock.Invoking(clock => clock.Advance(TimeSpan.FromHours(1))).Should().NotThrow();
        sessions.Select(session => session.IsDisconnected).Should().Equal(true, false);
        _clock.Invoking(clock => clock.Advance(TimeSpan.FromHours(1))).Should().NotThrow();
        sessions.Select(session => session.IsDisconnected).Should().Equal(true, true);
    }

    [Fact]
    public void AChange_IsMadeWhole_AndItsExemptionsEnd()
    {
        var gatekeeper = Start(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("backup.exe", "svc1");
        _throws = true;

        gatekeeper.Invoking(gate => gate.Apply(EndingPolicy.Create(_clock))).Should().NotThrow();
        _throws = false;
        _clock.Advance(TimeSpan.FromHours(1));

        session.IsDisconnected.Should().BeTrue("the end was set although a listener threw");
    }

    [Fact]
    public void AHeldChange_IsHeld()
    {
        var gatekeeper = Start(ConnectionPolicy.AllowAll);
        gatekeeper.Logon("a.exe");
        _throws = true;

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0 })).Held.Should().NotBeNull();
    }

    [Fact]
    public void AnAllowedLogon_HasItsSession()
    {
        var gatekeeper = Start(ConnectionPolicy.AllowAll);
        _throws = true;

        gatekeeper.TryLogon(Gate.Client("a.exe"), out var session, out _).Should().BeTrue();

        session.Should().NotBeNull();
        gatekeeper.Sessions.Count.Should().Be(1);
    }

    [Fact]
    public void ARefusedLogon_IsRefused()
    {
        var gatekeeper = Start(Gate.Blocking("a.exe"));
        _throws = true;

        gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out _).Should().BeFalse();
    }

    private Gatekeeper Start(IConnectionPolicy policy) => new(policy, _clock, null, _meters.Factory);
}
