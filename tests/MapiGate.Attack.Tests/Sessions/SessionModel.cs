namespace MapiGate.Attack.Tests.Sessions;

/// <summary>
/// The judge: one thread, no locks, no table. It knows the policies in their order, and asks of each logon whether
/// there is a moment at which it can have been judged that explains everything its host saw.
/// </summary>
internal sealed class SessionModel
{
    private readonly List<JudgedPolicy> _policies = [];
    private readonly Dictionary<string, long> _writtenBy = [];
    private readonly List<PolicyReceipt> _receipts = [];
    private long _lastRevision = -1;

    public SessionModel(JudgedPolicy first) => Announce(first);

    public long LastRevision => Volatile.Read(ref _lastRevision);

    public IReadOnlyList<PolicyReceipt> Receipts => _receipts;

    /// <summary>Before it comes into force, so that no verdict can be older than what is known here.</summary>
    public void Announce(JudgedPolicy policy)
    {
        _policies.Add(policy);
        foreach (var rule in policy.Rules)
        {
            _writtenBy.Add(rule, policy.Revision);
        }

        Volatile.Write(ref _lastRevision, policy.Revision);
    }

    public void Keep(PolicyReceipt receipt) => _receipts.Add(receipt);

    /// <summary>What is wrong with the logon; <see langword="null"/> when a correct gate may have treated it so.</summary>
    public string? Judge(Logon logon) => logon.Session is { } session ? JudgeSession(logon, session) : JudgeRefusal(logon);

    /// <summary>Whether the session must be in the table now, when nothing is under way.</summary>
    public static bool IsAlive(Logon logon) => logon is { Session.IsDisconnected: false, Released: null };

    /// <summary>Which change disconnected the session; -1 when nobody wrote the rule it gives.</summary>
    public long FindCut(MapiSession session) => WrittenBy(session.Verdict);

    private string? JudgeRefusal(Logon logon)
    {
        var by = WrittenBy(logon.Verdict);
        return by >= logon.Asked.From && by <= logon.Asked.To && Denies(by, logon)
            ? null
            : $"refused by \"{logon.Verdict.Rule}\" of revision {by}, asked between {logon.Asked}";
    }

    private string? JudgeSession(Logon logon, MapiSession session)
    {
        if (!session.IsDisconnected)
        {
            // A release may come while a change is in force already and still on its way to the session.
            var end = logon.Released?.From ?? LastRevision + 1;
            return IsAdmittedBefore(logon, end) ? null : $"let in between {logon.Asked}, never disconnected, released between {logon.Released}";
        }

        var cut = FindCut(session);
        return cut < 0 ? $"disconnected by \"{session.Verdict.Rule}\", which nobody wrote"
            : !Denies(cut, logon) ? $"disconnected by revision {cut}, which allows it"
            : cut > logon.Released?.To ? $"disconnected by revision {cut}, after its release between {logon.Released}"
            : !IsAdmittedBefore(logon, cut) ? $"let in between {logon.Asked}, disconnected by revision {cut} and not before"
            : null;
    }

    /// <summary>Whether one of the policies it was asked under let it in, and all that followed before <paramref name="end"/> left it there.</summary>
    private bool IsAdmittedBefore(Logon logon, long end)
    {
        for (var admitting = logon.Asked.To; admitting >= logon.Asked.From; admitting--)
        {
            if (Denies(admitting, logon))
            {
                continue;
            }

            var next = admitting + 1;
            while (next < end && !Denies(next, logon))
            {
                next++;
            }

            if (next >= end)
            {
                return true;
            }
        }

        return false;
    }

    private bool Denies(long revision, Logon logon) => _policies[(int)revision].Denies(logon.Client);

    private long WrittenBy(ConnectionVerdict verdict) => _writtenBy.GetValueOrDefault(verdict.Rule!, -1);
}
