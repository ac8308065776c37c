using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace MapiGate;

/// <summary>The instruments of the meter <c>MapiGate</c>, made once for each meter, however many gates share it.</summary>
internal sealed class GateInstruments
{
    public const string MeterName = "MapiGate";

    private static readonly ConditionalWeakTable<Meter, GateInstruments> OfMeters = [];

    private ImmutableList<(GateReadings Readings, KeyValuePair<string, object?>[] Tags)> _gates = [];
    private int _gatesSeen;

    private GateInstruments(Meter meter)
    {
        Logons = meter.CreateCounter<long>("mapigate.logons", "{logon}", "Logons judged, by result; those refused by rule, too.");
        Reported = meter.CreateCounter<long>("mapigate.logons.reported", "{logon}", "Logons let in that a rule only reported would have refused, by rule.");
        Disconnected = meter.CreateCounter<long>("mapigate.sessions.disconnected", "{session}", "Sessions ended by the gate, by cause.");
        PolicyChanges = meter.CreateCounter<long>("mapigate.policy.changes", "{change}", "Policies given to the gate, by result.");
        ApplyDuration = meter.CreateHistogram<double>(
            "mapigate.policy.apply.duration",
            "s",
            "Time until every session a change denies was out of the table and its token cancelled.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.000001, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1] });
        meter.CreateObservableUpDownCounter("mapigate.sessions.active", () => Read(gate => gate.Sessions()), "{session}", "Sessions alive.");
        meter.CreateObservableGauge("mapigate.policy.last_known_good", () => Read(gate => gate.IsLastKnownGood() ? 1 : 0), description: "1 while the policy in force is a last known good one, because what was written since cannot be used or is held; else 0.");
        meter.CreateObservableGauge("mapigate.policy.revision", () => Read(gate => gate.Revision()), description: "The number of the policy in force.");
    }

    public Counter<long> Logons { get; }

    public Counter<long> Reported { get; }

    public Counter<long> Disconnected { get; }

    public Counter<long> PolicyChanges { get; }

    public Histogram<double> ApplyDuration { get; }

    public static GateInstruments Of(Meter meter) => OfMeters.GetValue(meter, static meter => new GateInstruments(meter));

    /// <summary>Has the gauges show this gate too. The second and further gates of a process are told apart by a tag.</summary>
    public void Add(GateReadings gate)
    {
        var number = Interlocked.Increment(ref _gatesSeen);
        KeyValuePair<string, object?>[] tags = number == 1 ? [] : [new("mapigate.gate", number)];
        ImmutableInterlocked.Update(ref _gates, (gates, added) => gates.Add(added), (gate, tags));
    }

    public void Remove(GateReadings gate) =>
        ImmutableInterlocked.Update(ref _gates, (gates, removed) => gates.RemoveAll(entry => ReferenceEquals(entry.Readings, removed)), gate);

    private IEnumerable<Measurement<long>> Read(Func<GateReadings, long> read) =>
        _gates.Select(gate => new Measurement<long>(read(gate.Readings), gate.Tags));
}
