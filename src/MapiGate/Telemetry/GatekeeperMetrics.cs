using System.Diagnostics.Metrics;

namespace MapiGate;

/// <summary>
/// What one gate counts. No tag ever carries a client's text. A listener is anybody's code and runs on the thread that
/// counts: what it throws ends here.
/// </summary>
internal sealed class GatekeeperMetrics : IDisposable
{
    private readonly GateInstruments? _instruments;
    private readonly GateReadings _readings;

    public GatekeeperMetrics(IMeterFactory? factory, GateReadings readings)
    {
        // Without a factory there is nobody to own the meter, and so nobody to listen to it.
        _instruments = factory?.Create(GateInstruments.MeterName) is { } meter ? GateInstruments.Of(meter) : null;
        _readings = readings;
        _instruments?.Add(readings);
    }

    public void LogonAllowed()
    {
        if (_instruments is not null)
        {
            Add(_instruments.Logons, 1, Tag("mapigate.logon.result", "allowed"));
        }
    }

    // A rule is the administrator's text, and there are only so many.
    public void LogonRefused(string rule) => Add(_instruments?.Logons, 1, Tag("mapigate.logon.result", "refused"), Tag("mapigate.rule", rule));

    public void LogonReported(string rule) => Add(_instruments?.Reported, 1, Tag("mapigate.rule", rule));

    public void PolicyApplied(long disconnected, TimeSpan elapsed)
    {
        Add(_instruments?.PolicyChanges, 1, Tag("mapigate.policy.result", "applied"));
        Disconnected(disconnected, "policy");
        try
        {
            _instruments?.ApplyDuration.Record(elapsed.TotalSeconds);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    public void SessionsKicked(long disconnected) => Disconnected(disconnected, "order");

    public void PolicyHeld() => Add(_instruments?.PolicyChanges, 1, Tag("mapigate.policy.result", "held"));

    public void PolicyRejected() => Add(_instruments?.PolicyChanges, 1, Tag("mapigate.policy.result", "rejected"));

    public void Dispose() => _instruments?.Remove(_readings);

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static void Add(Counter<long>? counter, long count, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (counter is null)
        {
            return;
        }

        try
        {
            counter.Add(count, tags);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private void Disconnected(long sessions, string cause)
    {
        if (sessions > 0)
        {
            Add(_instruments?.Disconnected, sessions, Tag("mapigate.disconnect.cause", cause));
        }
    }
}
