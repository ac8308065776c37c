using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MapiGate.TestSupport;

/// <summary>What the gate's instruments report, by instrument and tag values.</summary>
public sealed class RecordedMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _sums = new();
    private readonly ConcurrentDictionary<string, double> _latest = new();

    public RecordedMetrics(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Meter.Name.StartsWith("MapiGate", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyCollection<string> Names => [.. _sums.Keys];

    /// <summary>The sum of a counter, for example <c>mapigate.logons{refused}</c>.</summary>
    public double Sum(string name) => _sums.GetValueOrDefault(name);

    /// <summary>The value an observable instrument reports now.</summary>
    public double Observe(string name)
    {
        _listener.RecordObservableInstruments();
        return _latest.GetValueOrDefault(name, double.NaN);
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var values = new List<string>();
        foreach (var tag in tags)
        {
            values.Add($"{tag.Value}");
        }

        var name = values.Count == 0 ? instrument.Name : $"{instrument.Name}{{{string.Join(',', values)}}}";
        _sums.AddOrUpdate(name, value, (_, sum) => sum + value);
        _latest[name] = value;
    }
}
