using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MapiGate;

/// <summary>
/// Stands at the door of a MAPI server: judges each logon by the policy in force, keeps the sessions it let in, and
/// disconnects those that a change of policy denies. All members may be used from any thread.
/// </summary>
public sealed class Gatekeeper : IDisposable
{
    // What is still to be logged when the gate is disposed gets so long, and a log that hangs no longer.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _timeProvider;
    private readonly NonThrowingLogger _logger;
    private readonly GatekeeperMetrics _metrics;

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
        _logger = new NonThrowingLogger((ILogger?)logger ?? NullLogger.Instance);
        var now = _timeProvider.GetUtcNow();
        Sessions = new SessionTable(new PolicyInForce(PolicyChanger.AsOf(policy, now), revision: 0, now), new DisconnectCallbacks(_logger), _timeProvider);
        Journal = new GateJournal(_timeProvider);
        _metrics = new GatekeeperMetrics(meterFactory, new GateReadings(() => Sessions.Count, () => Revision, () => Status.IsLastKnownGood));
        Reporter = new ChangeReporter(_logger, _metrics, Journal);
        Changer = new PolicyChanger(Sessions, _timeProvider, Reporter);
    }

    /// <summary>The policy in force. A rule or an exemption that has not begun, or has ended, is no part of it.</summary>
    public IConnectionPolicy Policy => InForce.Policy;

    /// <summary>The number of the policy in force: 0 for the first, one more at each change.</summary>
    public long Revision => InForce.Revision;

    /// <summary>The policy in force with its number, and what it says as data.</summary>
    public PolicyInForce InForce => Sessions.InForce;

    /// <summary>The sessions alive.</summary>
    public SessionTable Sessions { get; }

    /// <summary>Whether the policy in force is the one last written.</summary>
    public PolicyStatus Status => Changer.Status;

    /// <summary>What in the policy in force may not do what its writer meant; empty for a policy not read from options.</summary>
    public IReadOnlyList<PolicyFinding> Findings => (Policy as RulePolicy)?.Findings ?? [];

    /// <summary>What happened lately.</summary>
    public GateJournal Journal { get; }

    internal PolicyChanger Changer { get; }

    internal ChangeReporter Reporter { get; }

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
        if (!TryLogonByClaim(client, out session, out verdict))
        {
            return false;
        }

        if (verdict.Exemption is not null)
        {
            ReportExemption(client, verdict);
        }

        return true;
    }

    /// <summary>
    /// Judges a logon as <see cref="TryLogon"/> does, where <see cref="MapiClient.UserName"/> is only claimed and has yet to be
    /// accepted by somebody else, a server behind say: an exemption that lets it in is not logged until
    /// <see cref="ReportExemption"/>. Where the claim turns out wrong, the session is to be disposed.
    /// </summary>
    /// <param name="client">What the client says about itself.</param>
    /// <param name="session">The session, to be disposed when the client logs off; <see langword="null"/> when refused.</param>
    /// <param name="verdict">Allowed, or which rule denied the client.</param>
    /// <returns>Whether the client was let in, as far as the gate is concerned.</returns>
    public bool TryLogonByClaim(MapiClient client, [NotNullWhen(true)] out MapiSession? session, out ConnectionVerdict verdict)
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
                Refuse(client, verdict.Rule!, inForce.Revision);
                return false;
            }

            session ??= new MapiSession(client, Sessions, _timeProvider.GetUtcNow());
            if (Sessions.TryAdd(session, inForce))
            {
                _metrics.LogonAllowed();
                if (verdict.ReportedRule is { } rule)
                {
                    Report(client, rule, inForce.Revision);
                }

                return true;
            }
        }
    }

    /// <summary>Logs that an exemption let a client in, if it was one: when its claim has been accepted.</summary>
    /// <param name="client">The client.</param>
    /// <param name="verdict">The verdict of its logon.</param>
    public void ReportExemption(MapiClient client, ConnectionVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (verdict.Exemption is { } exemption)
        {
            var told = ClientDescription.Of(client);
            Log.LogonExempted(_logger, exemption, verdict.Rule!, told.Process, told.Version, told.User, told.Mailbox, told.Machine, told.Address);
        }
    }

    /// <summary>Puts a policy in force and disconnects the sessions it denies, unless they are more than it says a change may.</summary>
    /// <returns>
    /// A receipt. When it is returned and the change was not held, no session that the policy denies is in the table,
    /// each that was is marked disconnected and its token is cancelled, and no logon judged by an older policy can add one.
    /// The sessions' callbacks run on the thread pool.
    /// </returns>
    /// <remarks>
    /// In a container that follows configuration, the policy stays in force until the configuration says something new, or
    /// the process is started anew; until then <see cref="PolicyStatus.IsByHand"/> is set.
    /// </remarks>
    public PolicyReceipt Apply(IConnectionPolicy policy) => Apply(policy, PolicyChangeMode.Guarded);

    /// <summary>Puts a policy in force and disconnects the sessions it denies.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="mode">Whether to heed <see cref="MapiGateOptions.MaxDisconnects"/> and <see cref="MapiGateOptions.MaxDisconnectPercent"/>.</param>
    /// <returns>A receipt, as for <see cref="Apply(IConnectionPolicy)"/>.</returns>
    public PolicyReceipt Apply(IConnectionPolicy policy, PolicyChangeMode mode)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Changer.Apply(policy, mode);
    }

    /// <summary>
    /// Tells what <see cref="Apply(IConnectionPolicy)"/> would do to the sessions alive now, with rules that are yet to begin,
    /// and changes nothing. Logons go on meanwhile.
    /// </summary>
    public PolicyPreview Preview(IConnectionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Changer.Preview(policy);
    }

    /// <summary>Tells what the policy in force says of a client, and why: every rule and exemption that was asked.</summary>
    public PolicyExplanation Explain(MapiClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var policy = Policy;
        return policy is RulePolicy rules ? rules.Explain(client) : new PolicyExplanation(client, policy.Evaluate(client), []);
    }

    /// <summary>Makes a change that is held, however many sessions it disconnects.</summary>
    /// <param name="fingerprint">The <see cref="PolicyHold.Fingerprint"/> of the change.</param>
    /// <returns>A receipt, as for <see cref="Apply(IConnectionPolicy)"/>.</returns>
    /// <exception cref="InvalidOperationException">That change is not held: it was dealt with, or another is.</exception>
    public PolicyReceipt Confirm(string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        return Changer.Confirm(fingerprint);
    }

    /// <summary>Gives up a change that is held: the policy in force stays, until something new is written.</summary>
    /// <param name="fingerprint">The <see cref="PolicyHold.Fingerprint"/> of the change.</param>
    /// <exception cref="InvalidOperationException">That change is not held: it was dealt with, or another is.</exception>
    public void Withdraw(string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        Changer.Withdraw(fingerprint);
    }

    /// <summary>Disconnects sessions by order. The policy stays as it is, so their clients may log on again.</summary>
    /// <param name="which">Chooses the sessions. It is asked about every session before any is disconnected; if it throws, none is.</param>
    /// <param name="reason">Why, for the log, the journal and <see cref="MapiSession.Verdict"/>. Not blank.</param>
    /// <returns>A receipt with the revision that was and is in force, as for <see cref="Apply(IConnectionPolicy)"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is null, empty or white space.</exception>
    public PolicyReceipt Disconnect(Func<SessionInfo, bool> which, string reason)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return Changer.Disconnect(which, reason);
    }

    /// <summary>
    /// Ends the gate's own work: no rule or exemption begins or ends by itself any more, and no gauge shows the gate. Waits
    /// up to two seconds for what is still to be logged. Sessions are left as they are.
    /// </summary>
    public void Dispose()
    {
        Changer.Dispose();
        _metrics.Dispose();
        Reporter.Drain(LastWords);
    }

    // Out of the way of those who are let in, as most are.
    private void Refuse(MapiClient client, string rule, long revision)
    {
        Journal.AddRefusal(client, rule, revision);
        _metrics.LogonRefused(rule);
        if (_logger.IsEnabled(LogLevel.Information))
        {
            var told = ClientDescription.Of(client);
            Log.LogonRefused(_logger, rule, told.Process, told.Version, told.User, told.Mailbox, told.Machine, told.Address);
        }
    }

    private void Report(MapiClient client, string rule, long revision)
    {
        Journal.AddReport(client, rule, revision);
        _metrics.LogonReported(rule);
        var told = ClientDescription.Of(client);
        Log.LogonReported(_logger, rule, told.Process, told.Version, told.User, told.Mailbox, told.Machine, told.Address);
    }
}
