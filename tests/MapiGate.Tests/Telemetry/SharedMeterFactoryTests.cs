using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public void EachGaugesValue_IsItsGates_ToldApartByATag_AndAnEndedGatesIsGone()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var metrics = new RecordedMetrics(factory);
        var gates = Enumerable.Range(0, 3).Select(_ => new Gatekeeper(ConnectionPolicy.AllowAll, null, null, factory)).ToList();
        foreach (var (index, gate) in gates.Index())
        {
            for (var i = 0; i <= index; i++)
            {
                gate.Logon("a.exe");
            }
        }

        gates[1].Apply(Gate.Blocking("b.exe"));
        gates[2].Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0 })).Held.Should().NotBeNull();

        new[] { "", "{2}", "{3}" }.Select(gate => metrics.Observe($"mapigate.sessions.active{gate}")).Should().Equal(1, 2, 3);
        new[] { "", "{2}", "{3}" }.Select(gate => metrics.Observe($"mapigate.policy.revision{gate}")).Should().Equal(0, 1, 0);
        new[] { "", "{2}", "{3}" }.Select(gate => metrics.Observe($"mapigate.policy.last_known_good{gate}")).Should().Equal(0, 0, 1);
        metrics.Sum("mapigate.logons{allowed}").Should().Be(6, "they count together");

        gates[1].Dispose();
        using var later = new RecordedMetrics(factory);

        later.Observe("mapigate.sessions.active{2}").Should().Be(double.NaN);
        later.Observe("mapigate.sessions.active").Should().Be(1);
        later.Observe("mapigate.sessions.active{3}").Should().Be(3);
    }
}
