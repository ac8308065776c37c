using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>
/// Tells log, metrics and journal what became of the policy. The journal is told of a change at once, everything else
/// behind it, in order: a log or a listener that blocks keeps no change waiting, and nothing from the journal.
/// </summary>
internal sealed class ChangeReporter(ILogger logger, GatekeeperMetrics metrics, GateJournal journal)
{
    private readonly SerialQueue _behind = new();
    private readonly SerialQueue _journaling = new();

    public void Changed(PolicyInForce before, PolicyInForce now, PolicyReceipt receipt, SessionSweep sweep, JudgeFailures failures)
    {
        var difference = new Lazy<(string Added, string Removed)>(() => PolicyDifference.Describe(before.Policy, now.Policy));
        var text = new Lazy<string>(() => $"{receipt}; added {difference.Value.Added}; removed {difference.Value.Removed}");
        journal.AddChange(JournalEntryKind.PolicyChanged, now.Revision, text, receipt);
        _behind.Post(() =>
        {
            _ = text.Value;
            metrics.PolicyApplied(receipt.Disconnected, receipt.Elapsed);
            Log.PolicyChanged(logger, before.Revision, now.Revision, difference.Value.Added, difference.Value.Removed, receipt.Disconnected, receipt.Examined, receipt.Elapsed.TotalMilliseconds);
            foreach (var (judged, exception) in failures.First)
            {
                Log.SessionNotJudged(logger, judged, failures.Count, exception);
            }

            LogFindings(before.Policy, now.Policy);
        });
        Disconnected(sweep, now.Revision);
        if (journal.HasRefused)
        {
            _journaling.Post(() => journal.ForgetRefused(now.Revision, client => IsAllowed(now.Policy, client)));
        }
    }

    /// <summary>The same rules are in force, read anew: only what is odd about them may be other than before.</summary>
    public void Renewed(IConnectionPolicy before, IConnectionPolicy now) => _behind.Post(() => LogFindings(before, now));

    public void Started(IConnectionPolicy policy) => _behind.Post(() => LogFindings(before: null, policy));

    public void Held(PolicyHold hold, long revision)
    {
        journal.AddChange(JournalEntryKind.PolicyHeld, revision, new(hold.ToString), hold: hold);
        _behind.Post(() =>
        {
            metrics.PolicyHeld();
            Log.PolicyHeld(logger, revision, hold.ToString());
        });
    }

    public void Withdrawn(PolicyHold hold, long revision)
    {
        journal.AddChange(JournalEntryKind.PolicyWithdrawn, revision, new($"The held change {hold.Fingerprint} was withdrawn."), hold: hold);
        _behind.Post(() => Log.HeldChangeWithdrawn(logger, hold.Fingerprint, revision));
    }

    public void Rejected(string error, long revision)
    {
        journal.AddChange(JournalEntryKind.PolicyRejected, revision, new(error));
        _behind.Post(() =>
        {
            metrics.PolicyRejected();
            Log.PolicyRejected(logger, revision, error);
        });
    }

    public void Recovered(long revision)
    {
        journal.AddChange(JournalEntryKind.PolicyRecovered, revision, new("The policy as written can be read again."));
        _behind.Post(() => Log.PolicyRecovered(logger, revision));
    }

    public void Kicked(PolicyReceipt receipt, string reason, SessionSweep sweep)
    {
        journal.AddChange(JournalEntryKind.SessionsKicked, receipt.Revision, new($"{receipt.Disconnected} of {receipt.Examined} sessions disconnected by order: {reason}"), receipt);
        _behind.Post(() =>
        {
            metrics.SessionsKicked(receipt.Disconnected);
            Log.SessionsKicked(logger, receipt.Disconnected, receipt.Examined, receipt.Elapsed.TotalMilliseconds, reason);
        });
        Disconnected(sweep, receipt.Revision);
    }

    public void AtStart(PolicyInForce inForce) => _behind.Post(() => Log.PolicyAtStart(logger, inForce.Fingerprint, PolicyDifference.TextOf(inForce.Policy)));

    public void Remembered(string fingerprint, string path) => _behind.Post(() => Log.PolicyRemembered(logger, fingerprint, path));

    public void SettingsRead(string origins) => _behind.Post(() => Log.SettingsRead(logger, origins));

    public void Warned(string warning) => _behind.Post(() => Log.PolicyNotRemembered(logger, warning));

    /// <summary>Waits until all has been told, at most so long.</summary>
    public void Drain(TimeSpan atMost) => _behind.Drain(atMost);

    private static bool IsAllowed(IConnectionPolicy policy, MapiClient client)
    {
        try
        {
            return policy.Evaluate(client).IsAllowed;
        }
#pragma warning disable CA1031 // A policy is the host's code and may throw: then nothing is known, and the client stays on the list.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private void Disconnected(SessionSweep sweep, long revision)
    {
        if (sweep.Count > 0)
        {
            _journaling.Post(() =>
            {
                journal.AddDisconnected(sweep, revision);
                sweep.WatchCallbacks();
            });
            _behind.Post(() => LogDisconnected(sweep));
        }
    }

    private void LogDisconnected(SessionSweep sweep)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        foreach (var (session, rule) in sweep.Sessions)
        {
            var client = ClientDescription.Of(session.Client);
            Log.SessionDisconnected(logger, rule, session.Id, client.Process, client.Version, client.User, client.Mailbox, client.Machine, client.Address);
        }
    }

    private void LogFindings(IConnectionPolicy? before, IConnectionPolicy now)
    {
        foreach (var finding in FindingsOf(now).Except(FindingsOf(before)))
        {
            Log.FindingInPolicy(logger, finding.ToString());
        }
    }

    private static IReadOnlyList<PolicyFinding> FindingsOf(IConnectionPolicy? policy) => (policy as RulePolicy)?.Findings ?? [];
}
