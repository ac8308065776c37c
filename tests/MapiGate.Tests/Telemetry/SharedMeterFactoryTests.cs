using System.Collections.Concurrent;
using MapiGate.TestSupport;

namespace MapiGate.Tests.Telemetry;

/// <summary>Two gatekeepers in one process, and one meter factory for both, as a host with a gate for each port has.</summary>
public class SharedMeterFactoryTests
{
    [Fact]
    public void EachGauge_IsMeasuredOnceForEachSetOfTags()
    {
        var measured = new ConcurrentQueue<string>();
        using var meters = new MeterHost(measured.Enqueue);
        var one = new Gatekeeper(Gate.Blocking("a.exe"), null, null, meters.Factory);
        var other = new Gatekeeper(Gate.Blocking("b.exe"), null, null, meters.Factory);
        one.Logon("b.exe");
        measured.Clear();

        meters.Observe();

        measured.Should().NotBeEmpty().And.OnlyHaveUniqueItems();
        GC.KeepAlive((one, other));
    }
}
