namespace MapiGate;

/// <summary>
/// Finds the sessions that a policy denies. Judging runs outside the table's locks: a policy is anybody's code. That is
/// safe for a policy already in force, because every session added since was judged by it.
/// </summary>
internal sealed class SessionJudge(IConnectionPolicy policy)
{
    /// <summary>How many sessions were judged, alone or by their program.</summary>
    public long Examined { get; private set; }

    public JudgeFailures Failures { get; } = new();

    public IEnumerable<DeniedSessions> FindDenied(SessionTable table)
    {
        var programs = policy as IProgramPolicy;
        foreach (var group in table.SnapshotGroups())
        {
            if (programs is not null && TryJudge(programs, group, out var verdict))
            {
                var count = group.Count;
                Examined += count;
                if (!verdict.IsAllowed)
                {
                    yield return new DeniedSessions(group, verdict, Listed: null, count);
                }

                continue;
            }

            foreach (var denied in JudgeEach(group, table.Snapshot(group)))
            {
                yield return denied;
            }
        }
    }

    /// <summary>Disconnects every session that the policy, which must be in force already, denies, and cancels their tokens.</summary>
    public SessionSweep Sweep(SessionTable table)
    {
        var sweep = new SessionSweep(table);
        foreach (var denied in FindDenied(table))
        {
            sweep.Disconnect(denied);
        }

        sweep.Finish();
        return sweep;
    }

    private IEnumerable<DeniedSessions> JudgeEach(SessionGroup group, MapiSession[] sessions)
    {
        Examined += sessions.Length;
        return sessions
            .Select(session => (Session: session, Verdict: Judge(session)))
            .Where(judged => !judged.Verdict.IsAllowed)
            .GroupBy(judged => judged.Verdict, judged => judged.Session)
            .Select(denied => new DeniedSessions(group, denied.Key, [.. denied], denied.Count()));
    }

    // A policy is the host's code and may throw. What it cannot judge it does not deny, and no other session pays for it.
#pragma warning disable CA1031
    private bool TryJudge(IProgramPolicy programs, SessionGroup group, out ConnectionVerdict verdict)
    {
        try
        {
            return programs.TryEvaluate(group.Program, out verdict);
        }
        catch (Exception e)
        {
            Failures.Add($"the sessions of {group.Program}", e);
            verdict = ConnectionVerdict.Allowed;
            return true;
        }
    }

    private ConnectionVerdict Judge(MapiSession session)
    {
        try
        {
            return policy.Evaluate(session.Client);
        }
        catch (Exception e)
        {
            Failures.Add(session.ToString(), e);
            return ConnectionVerdict.Allowed;
        }
    }
#pragma warning restore CA1031
}
