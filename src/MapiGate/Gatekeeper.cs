using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MapiGate;

/// <summary>
/// Stands at the door of a MAPI server: judges each logon by the policy in force, keeps the sessions it let in, and
/// disconnects those that a change of policy denies. All members may be used from any thread.
/// </summary>
public sealed class Gatekeeper
{
    private readonly Lock _applying = new();
    private readonly TimeProvider _timeProvider;
    private readonly LogonClock _clock;
    private readonly ILogger _logger;
    private readonly GatekeeperMetrics _metrics;
    private readonly DisconnectNotifier _notifier;
    private readonly ExpiryTimer _expiry;
    private volatile PolicyStatus _status = PolicyStatus.Current;

    /// <summary>Makes a gatekeeper with a policy in force, as revision 0, and no session.</summary>
    /// <param name="policy">The policy to begin with.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <param name="logger">Where to log; nowhere when <see langword="null"/>.</param>
    public Gatekeeper(IConnectionPolicy policy, TimeProvider? timeProvider = null, ILogger<Gatekeeper>? logger = null)
        : this(policy, timeProvider, logger, meterFactory: null)
    {
    }

    /// <summary>Makes a gatekeeper that is also metered, on the meter <c>MapiGate</c>.</summary>
    /// <param name="policy">The policy to begin with.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <param name="logger">Where to log; nowhere when <see langword="null"/>.</param>
    /// <param name="meterFactory">Makes the meter; without one nothing is metered.</param>
    public Gatekeeper(IConnectionPolicy policy, TimeProvider? timeProvider, ILogger<Gatekeeper>? logger, IMeterFactory? meterFactory)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _clock = new LogonClock(_timeProvider);
        _logger = logger ?? NullLogger<Gatekeeper>.Instance;
        _notifier = new DisconnectNotifier(_logger);
        _expiry = new ExpiryTimer(this, _timeProvider);
        Sessions = new SessionTable(AsOfNow(policy), _notifier);
        _metrics = new GatekeeperMetrics(meterFactory, this);
        EnterIntoForce(Policy);
    }

    /// <summary>The policy in force. An exemption that has ended is no longer part of it.</summary>
    public IConnectionPolicy Policy => Sessions.InForce.Policy;

    /// <summary>The number of the policy in force: 0 for the first, one more at each change.</summary>
    public long Revision => Sessions.InForce.Revision;

    /// <summary>The sessions alive.</summary>
    public SessionTable Sessions { get; }

    /// <summary>Whether the policy in force is the one last written.</summary>
    public PolicyStatus Status => _status;

    /// <summary>What in the policy in force may not do what its writer meant; empty for a policy not read from options.</summary>
    public IReadOnlyList<PolicyFinding> Findings => (Policy as OptionsPolicy)?.Findings ?? [];

    /// <summary>Judges a logon, and gives it a session if the policy allows it.</summary>
    /// <param name="client">What the client says about itself.</param>
    /// <param name="session">The session, to be disposed when the client logs off; <see langword="null"/> when refused.</param>
    /// <param name="verdict">Allowed, or which rule denied the client.</param>
    /// <returns>
    /// Whether the client was let in. A session returned was allowed by the policy in force at that moment, or has
    /// already been disconnected by a later one.
    /// </returns>
    public bool TryLogon(MapiClient client, [NotNullWhen(true)] out MapiSession? session, out ConnectionVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(client);
        session = null;
        while (true)
        {
            var inForce = Sessions.InForce;
            verdict = inForce.Policy.Evaluate(client);
            if (!verdict.IsAllowed)
            {
                session = null;
                _metrics.LogonRefused();
                Log.LogonRefused(_logger, verdict.Rule, client);
                return false;
            }

            session ??= new MapiSession(client, _clock.UtcNowTicks);
            if (Sessions.TryAdd(session, inForce))
            {
                Tell(session, verdict);
                return true;
            }
        }
    }

    /// <summary>Puts a policy in force and disconnects the sessions it denies, unless they are more than it says a change may.</summary>
    /// <returns>
    /// A receipt. When it is returned and the change was not held, no session that the policy denies is in the table,
    /// each that was is marked disconnected, and no logon judged by an older policy can add one. The sessions' callbacks
    /// run after that.
    /// </returns>
    public PolicyReceipt Apply(IConnectionPolicy policy) => Apply(policy, PolicyChangeMode.Guarded);

    /// <summary>Puts a policy in force and disconnects the sessions it denies.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="mode">Whether to heed <see cref="MapiGateOptions.MaxDisconnects"/> and <see cref="MapiGateOptions.MaxDisconnectPercent"/>.</param>
    /// <returns>A receipt, as for <see cref="Apply(IConnectionPolicy)"/>.</returns>
    public PolicyReceipt Apply(IConnectionPolicy policy, PolicyChangeMode mode)
    {
        ArgumentNullException.ThrowIfNull(policy);
        lock (_applying)
        {
            var start = _timeProvider.GetTimestamp();
            policy = AsOfNow(policy);
            if (mode == PolicyChangeMode.Guarded && FindHold(policy) is { } hold)
            {
                return Hold(hold, start);
            }

            return Change(policy, start);
        }
    }

    /// <summary>Tells what <see cref="Apply(IConnectionPolicy)"/> would do to the sessions alive now, and changes nothing. Logons go on meanwhile.</summary>
    public PolicyPreview Preview(IConnectionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return PolicyPreview.Of(new SessionJudge(AsOfNow(policy), _logger), Sessions);
    }

    /// <summary>Tells what the policy in force says of a client, and why: every rule and exemption that was asked.</summary>
    public PolicyExplanation Explain(MapiClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Policy is OptionsPolicy policy
            ? policy.Explain(client)
            : new PolicyExplanation { Client = client, Verdict = Policy.Evaluate(client), Steps = [] };
    }

    /// <summary>Says what is wrong with what was written last; <see langword="null"/> when nothing is.</summary>
    internal void Report(string? error)
    {
        lock (_applying)
        {
            // The same complaint twice is one event: file watchers report a change more than once.
            if (_status.Error == error)
            {
                return;
            }

            SetStatus(_status with { Error = error });
            if (error is null)
            {
                Log.PolicyRecovered(_logger, Revision);
            }
            else
            {
                _metrics.PolicyRejected();
                Log.PolicyRejected(_logger, Revision, error);
            }
        }
    }

    /// <summary>Says that the change that is held, if one is, is no longer wanted.</summary>
    internal void Unhold()
    {
        lock (_applying)
        {
            if (_status.Held is not null)
            {
                SetStatus(_status with { Held = null });
            }
        }
    }

    /// <summary>Judges the sessions again that exemptions protected which have ended by now.</summary>
    internal void EndExemptions()
    {
        lock (_applying)
        {
            // Whoever wrote the moment has agreed to what happens then: no limit holds it back.
            if (AsOfNow(Policy) is var policy && !ReferenceEquals(policy, Policy))
            {
                Change(policy, _timeProvider.GetTimestamp());
            }
            else
            {
                _expiry.Set((policy as OptionsPolicy)?.NextEnd);
            }
        }
    }

    private IConnectionPolicy AsOfNow(IConnectionPolicy policy) =>
        policy is OptionsPolicy { NextEnd: not null } options ? options.AsOf(_timeProvider.GetUtcNow()) : policy;

    private PolicyHold? FindHold(IConnectionPolicy policy) =>
        policy is OptionsPolicy { Fuse: { IsOn: true } fuse } options && fuse.ConfirmedFingerprint != options.Fingerprint
            ? new SessionJudge(policy, _logger).FindHold(Sessions, fuse, options.Fingerprint)
            : null;

    private PolicyReceipt Hold(PolicyHold hold, long start)
    {
        SetStatus(_status with { Held = hold });
        _metrics.PolicyHeld();
        Log.PolicyHeld(_logger, Revision, hold);
        return new PolicyReceipt
        {
            Revision = Revision,
            Held = hold,
            Examined = hold.Sessions,
            Disconnected = 0,
            Elapsed = _timeProvider.GetElapsedTime(start),
            Completion = Task.CompletedTask,
        };
    }

    private PolicyReceipt Change(IConnectionPolicy policy, long start)
    {
        var previous = Sessions.InForce;
        var next = new PolicyInForce(policy, previous.Revision + 1);

        // Publish first, then sweep: a logon that the sweep is too early to find sees the new policy before it gets in.
        Sessions.Publish(next);
        var sweep = new SessionJudge(policy, _logger).Sweep(Sessions);
        var receipt = new PolicyReceipt
        {
            Revision = next.Revision,
            Examined = sweep.Examined,
            Disconnected = sweep.Disconnected,
            Elapsed = _timeProvider.GetElapsedTime(start),
            Completion = sweep.Completion,
        };
        if (sweep.Disconnected > 0)
        {
            _notifier.Post(sweep.Batches);
        }

        Unhold();
        _metrics.PolicyApplied(receipt);
        if (_logger.IsEnabled(LogLevel.Information))
        {
            var (added, removed) = PolicyDifference.Describe(previous.Policy, policy);
            Log.PolicyChanged(_logger, previous.Revision, receipt.Revision, added, removed, receipt.Disconnected, receipt.Examined, receipt.Elapsed.TotalMilliseconds);
        }

        EnterIntoForce(policy);
        return receipt;
    }

    private void EnterIntoForce(IConnectionPolicy policy)
    {
        _expiry.Set((policy as OptionsPolicy)?.NextEnd);
        for (var i = 0; i < Findings.Count; i++)
        {
            Log.PolicyFinding(_logger, Findings[i]);
        }
    }

    // A log or a listener of metrics may throw. Then TryLogon does, and nobody would hold the session, or ever release it.
    private void Tell(MapiSession session, ConnectionVerdict verdict)
    {
        try
        {
            _metrics.LogonAllowed();
            TellException(session.Client, verdict);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void TellException(MapiClient client, ConnectionVerdict verdict)
    {
        if (verdict.Exemption is { } exemption)
        {
            Log.LogonExempted(_logger, exemption, verdict.Rule, client);
        }

        if (verdict.ReportedRule is { } rule)
        {
            _metrics.LogonReported(rule);
            Log.LogonReported(_logger, rule, client);
        }
    }

    private void SetStatus(PolicyStatus status) =>
        _status = status.IsLastKnownGood ? status with { Since = status.Since ?? _timeProvider.GetUtcNow() } : PolicyStatus.Current;
}
