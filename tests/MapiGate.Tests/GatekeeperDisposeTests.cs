using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MapiGate.Tests.Telemetry;
using MapiGate.TestSupport;

namespace MapiGate.Tests;

/// <summary>A gate that is disposed leaves no timer, no gauge and nothing that holds it.</summary>
public class GatekeeperDisposeTests
{
    private readonly SteppedClock _clock = new();

    [Fact]
    public void Dispose_LeavesNoTimer_AndIsHarmlessTwice()
    {
        var gatekeeper = new Gatekeeper(EndingPolicy.Create(_clock), _clock);
        gatekeeper.Dispose();
        gatekeeper.Dispose();

        _clock.ActiveTimers.Should().Be(0);
    }

    [Fact]
    public void Dispose_TakesItsGaugesAway()
    {
        var measured = new ConcurrentQueue<string>();
        using var meters = new MeterHost(measured.Enqueue);
        new Gatekeeper(ConnectionPolicy.AllowAll, null, null, meters.Factory).Dispose();
        measured.Clear();

        meters.Observe();

        measured.Should().BeEmpty();
    }

    [Fact]
    public void Dispose_LeavesNothingThatHoldsIt()
    {
        using var meters = new MeterHost();
        var gone = MakeAndDispose(meters);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        gone.IsAlive.Should().BeFalse();
    }

    [Fact]
    public void Dispose_CutsNobody()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        using var session = gatekeeper.Logon("a.exe");

        gatekeeper.Dispose();

        session.IsDisconnected.Should().BeFalse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference MakeAndDispose(MeterHost meters)
    {
        var gatekeeper = new Gatekeeper(EndingPolicy.Create(_clock), _clock, null, meters.Factory);
        gatekeeper.Dispose();
        return new WeakReference(gatekeeper);
    }
}
