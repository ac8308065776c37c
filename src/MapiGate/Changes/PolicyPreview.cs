namespace MapiGate;

/// <summary>What a policy would do to the sessions alive now, if it were applied and its rules had all begun.</summary>
public sealed record PolicyPreview
{
    internal PolicyPreview()
    {
    }

    /// <summary>How many sessions were judged, alone or with all others of their program.</summary>
    public long Examined { get; internal init; }

    /// <summary>The sessions that would be disconnected.</summary>
    public IReadOnlyList<SessionInfo> Disconnected { get; internal init; } = [];

    /// <summary>How many of them each rule would disconnect, by the rule as verdicts name it.</summary>
    public IReadOnlyDictionary<string, int> ByRule { get; internal init; } = new Dictionary<string, int>();

    /// <summary>How many of them each program would lose, by executable name; the empty name for clients that gave none.</summary>
    public IReadOnlyDictionary<string, int> ByProgram { get; internal init; } = new Dictionary<string, int>();

    /// <summary>How many sessions would stay.</summary>
    public long Remaining => Examined - Disconnected.Count;

    internal static PolicyPreview Of(SessionJudge judge, SessionTable table)
    {
        var disconnected = new List<SessionInfo>();
        var byRule = new Dictionary<string, int>(StringComparer.Ordinal);
        var byProgram = new Dictionary<string, int>(ProcessName.Comparer);
        var sinceJudged = 0;
        foreach (var denied in judge.FindDenied(table))
        {
            // Logons go on: who came after the group was judged is named, and so must be counted too.
            var sessions = denied.ListIn(table);
            sinceJudged += sessions.Count - denied.Count;
            disconnected.AddRange(sessions.Select(session => session.Info));
            Count(byRule, denied.Verdict.Rule!, sessions.Count);
            Count(byProgram, denied.Group.Program.ImageName, sessions.Count);
        }

        return new PolicyPreview { Examined = judge.Examined + sinceJudged, Disconnected = disconnected, ByRule = byRule, ByProgram = byProgram };

        static void Count(Dictionary<string, int> counts, string key, int sessions) =>
            counts[key] = counts.GetValueOrDefault(key) + sessions;
    }
}
