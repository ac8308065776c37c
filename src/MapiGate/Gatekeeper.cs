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
    private readonly ILogger _logger;
    private readonly GatekeeperMetrics _metrics;
    private readonly DisconnectNotifier _notifier;
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
        _logger = logger ?? NullLogger<Gatekeeper>.Instance;
        _notifier = new DisconnectNotifier(_logger);
        Sessions = new SessionTable(policy);
        _metrics = new GatekeeperMetrics(meterFactory, this);
    }

    /// <summary>The policy in force.</summary>
    public IConnectionPolicy Policy => Sessions.InForce.Policy;

    /// <summary>The number of the policy in force: 0 for the first, one more at each change.</summary>
    public long Revision => Sessions.InForce.Revision;

    /// <summary>The sessions alive.</summary>
    public SessionTable Sessions { get; }

    /// <summary>Whether the policy in force is the one last written.</summary>
    public PolicyStatus Status => _status;

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

            session ??= new MapiSession(client, _timeProvider.GetUtcNow(), _notifier);
            if (Sessions.TryAdd(session, inForce))
            {
                _metrics.LogonAllowed();
                return true;
            }
        }
    }

    /// <summary>Puts a policy in force and disconnects the sessions it denies.</summary>
    /// <returns>
    /// A receipt. When it is returned, no session that the policy denies is in the table, each that was is marked
    /// disconnected, and no logon judged by an older policy can add one. The sessions' callbacks run after that.
    /// </returns>
    public PolicyReceipt Apply(IConnectionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var start = _timeProvider.GetTimestamp();
        PolicyInForce previous;
        PolicyReceipt receipt;
        lock (_applying)
        {
            previous = Sessions.InForce;
            var next = new PolicyInForce(policy, previous.Revision + 1);
            var judge = new SessionJudge(policy, _logger);
            var releases = new ReleaseCountdown();

            // Publish first, then sweep: a logon that the sweep is too early to find sees the new policy before it gets in.
            Sessions.Publish(next);
            var disconnected = judge.FindDenied(Sessions)
                .Select(denied => denied.Disconnect(new Disconnection(denied.Verdict, releases)))
                .ToList();
            releases.Signal();
            _notifier.Post(disconnected);
            receipt = new PolicyReceipt
            {
                Revision = next.Revision,
                Examined = judge.Examined,
                Disconnected = disconnected.Sum(batch => (long)batch.Count),
                Elapsed = _timeProvider.GetElapsedTime(start),
                Completion = releases.Completion,
            };
        }

        _metrics.PolicyApplied(receipt);
        LogChange(previous, policy, receipt);
        return receipt;
    }

    /// <summary>Tells what <see cref="Apply(IConnectionPolicy)"/> would do to the sessions alive now, and changes nothing. Logons go on meanwhile.</summary>
    public PolicyPreview Preview(IConnectionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return PolicyPreview.Of(new SessionJudge(policy, _logger), Sessions);
    }

    /// <summary>Says what is wrong with what was written last; <see langword="null"/> when nothing is.</summary>
    internal void Report(string? error)
    {
        // The same complaint twice is one event: file watchers report a change more than once.
        var old = _status;
        if (old.Error == error)
        {
            return;
        }

        if (error is null)
        {
            _status = PolicyStatus.Current;
            Log.PolicyRecovered(_logger, Revision);
        }
        else
        {
            _status = new PolicyStatus { Error = error, Since = old.Since ?? _timeProvider.GetUtcNow() };
            _metrics.PolicyRejected();
            Log.PolicyRejected(_logger, Revision, error);
        }
    }

    private void LogChange(PolicyInForce previous, IConnectionPolicy policy, PolicyReceipt receipt)
    {
        if (_logger.IsEnabled(LogLevel.Information))
        {
            var (added, removed) = PolicyDifference.Describe(previous.Policy, policy);
            Log.PolicyChanged(_logger, previous.Revision, receipt.Revision, added, removed, receipt.Disconnected, receipt.Examined, receipt.Elapsed.TotalMilliseconds);
        }
    }
}
