using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>
/// Finds the sessions that a policy denies. Judging runs outside the table's locks: a policy is anybody's code. That is
/// safe for a policy already in force, because every session added since was judged by it.
/// </summary>
internal sealed class SessionJudge(IConnectionPolicy policy, ILogger logger)
{
    private readonly int[]? _deniedImages = (policy as OptionsPolicy)?.DeniedImages;

    /// <summary>How many sessions were judged, alone or by their program.</summary>
    public long Examined { get; private set; }

    public IEnumerable<DeniedSessions> FindDenied(SessionTable table)
    {
        foreach (var stripe in table.Stripes)
        {
            var groups = stripe.FindGroups(_deniedImages, out var sessions);
            Examined += sessions;
            foreach (var (group, judged) in groups)
            {
                if (policy is IProgramPolicy programs && TryJudge(programs, group, out var verdict))
                {
                    if (!verdict.IsAllowed)
                    {
                        yield return new DeniedSessions(group, verdict, Listed: null, judged);
                    }

                    continue;
                }

                foreach (var denied in JudgeEach(group, judged))
                {
                    yield return denied;
                }
            }
        }
    }

    /// <summary>Disconnects every session that the policy, which must be in force already, denies.</summary>
    public SweepResult Sweep(SessionTable table)
    {
        ReleaseCountdown? releases = null;
        List<SessionBatch>? batches = null;
        foreach (var denied in FindDenied(table))
        {
            releases ??= new ReleaseCountdown();
            batches ??= [];
            batches.Add(denied.Disconnect(new Disconnection(denied.Verdict, releases)));
        }

        releases?.Signal();
        return batches is null
            ? SweepResult.Nobody(Examined)
            : new SweepResult(Examined, batches.Sum(batch => (long)batch.Count), batches, releases!.Completion);
    }

    /// <summary>Counts whom the policy denies; a hold, if they are more than a change may disconnect.</summary>
    public PolicyHold? FindHold(SessionTable table, PolicyFuse fuse, string fingerprint)
    {
        var disconnects = 0L;
        var byProgram = new Dictionary<string, long>(ProcessName.Comparer);
        foreach (var denied in FindDenied(table))
        {
            var name = denied.Group.Program.ImageName;
            byProgram[name] = byProgram.GetValueOrDefault(name) + denied.Count;
            disconnects += denied.Count;
        }

        return fuse.FindBlownLimit(disconnects, Examined) is not { } limit ? null : new PolicyHold
        {
            Fingerprint = fingerprint,
            Disconnects = disconnects,
            Sessions = Examined,
            Limit = limit,
            ByProgram = byProgram,
        };
    }

    private IEnumerable<DeniedSessions> JudgeEach(SessionGroup group, int expected)
    {
        var sessions = group.Stripe.Snapshot(group);
        Examined += sessions.Length - expected;
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
            Log.SessionNotJudged(logger, $"the sessions of {group.Program}", e);
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
            Log.SessionNotJudged(logger, session.ToString(), e);
            return ConnectionVerdict.Allowed;
        }
    }
#pragma warning restore CA1031
}
