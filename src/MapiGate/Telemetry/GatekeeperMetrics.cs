using System.Diagnostics.Metrics;

namespace MapiGate;

/// <summary>The gate's instruments, on the meter <c>MapiGate</c>. No tag ever carries a client's text.</summary>
internal sealed class GatekeeperMetrics
{
    public const string MeterName = "MapiGate";

    private readonly Counter<long>? _logons;
    private readonly Counter<long>? _reported;
    private readonly Counter<long>? _disconnected;
    private readonly Counter<long>? _policyChanges;
    private readonly Histogram<double>? _applyDuration;

    public GatekeeperMetrics(IMeterFactory? factory, Gatekeeper gatekeeper)
    {
        // Without a factory there is nobody to own the meter, and so nobody to listen to it.
        if (factory?.Create(MeterName) is not { } meter)
        {
            return;
        }

        _logons = meter.CreateCounter<long>("mapigate.logons", "{logon}", "Logons judged, by result.");
        _reported = meter.CreateCounter<long>("mapigate.logons.reported", "{logon}", "Logons let in that a rule only reported would have refused, by rule.");
        _disconnected = meter.CreateCounter<long>("mapigate.sessions.disconnected", "{session}", "Sessions ended by a change of policy.");
        _policyChanges = meter.CreateCounter<long>("mapigate.policy.changes", "{change}", "Policies given to the gate, by result.");
        _applyDuration = meter.CreateHistogram<double>(
            "mapigate.policy.apply.duration",
            "s",
            "Time until every session a change denies was out of the table.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.000001, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1] });
        meter.CreateObservableUpDownCounter("mapigate.sessions.active", () => gatekeeper.Sessions.Count, "{session}", "Sessions alive.");
        meter.CreateObservableGauge("mapigate.policy.last_known_good", () => gatekeeper.Status.IsLastKnownGood ? 1 : 0, description: "1 while the policy in force is a last known good one, because what was written since cannot be used; else 0.");
        meter.CreateObservableGauge("mapigate.policy.revision", () => gatekeeper.Revision, description: "The number of the policy in force.");
    }

    public void LogonAllowed() => _logons?.Add(1, new KeyValuePair<string, object?>("mapigate.logon.result", "allowed"));

    public void LogonRefused() => _logons?.Add(1, new KeyValuePair<string, object?>("mapigate.logon.result", "refused"));

    // The rule is the administrator's text, and there are only so many.
    public void LogonReported(string rule) => _reported?.Add(1, new KeyValuePair<string, object?>("mapigate.rule", rule));

    public void PolicyApplied(PolicyReceipt receipt)
    {
        _policyChanges?.Add(1, new KeyValuePair<string, object?>("mapigate.policy.result", "applied"));
        _disconnected?.Add(receipt.Disconnected);
        _applyDuration?.Record(receipt.Elapsed.TotalSeconds);
    }

    public void PolicyHeld() => _policyChanges?.Add(1, new KeyValuePair<string, object?>("mapigate.policy.result", "held"));

    public void PolicyRejected() => _policyChanges?.Add(1, new KeyValuePair<string, object?>("mapigate.policy.result", "rejected"));
}
