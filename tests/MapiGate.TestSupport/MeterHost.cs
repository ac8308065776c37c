using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.TestSupport;

/// <summary>A meter factory, and a listener to its instruments that does what a test wants at each measurement.</summary>
public sealed class MeterHost : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();

    public MeterHost(Action<string>? measured = null)
    {
        Factory = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, Factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measure(instrument, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Measure(instrument, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measure(instrument, tags));
        _listener.Start();

        void Measure(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name;
            foreach (var tag in tags)
            {
                name += $",{tag.Key}={tag.Value}";
            }

            measured?.Invoke(name);
        }
    }

    public IMeterFactory Factory { get; }

    /// <summary>Asks every observable instrument.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }
}
