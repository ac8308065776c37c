using System.Globalization;

namespace MapiGate.Fleet;

/// <summary>What somebody else wrote meanwhile, in words.</summary>
internal static class DocumentChange
{
    private const int MostNamed = 5;

    /// <param name="seen">The document that the writer saw; <see langword="null"/> when it is no longer known, or never was one.</param>
    /// <param name="now">The one of now.</param>
    public static string Describe(FleetDocument? seen, FleetDocument? now)
    {
        if (now is null)
        {
            return "The fleet has no document any more, and none is known here; look at it again, and decide anew.";
        }

        var (before, after) = (Rules(seen), Rules(now));
        var reason = now.Reason.Length > 0 ? $" (\"{now.Reason}\")" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"The document is {now.Position} by now, written by {now.Author} at {now.Time:u}{reason}{Tell("; it says in addition: ", after.Except(before))}{Tell("; it no longer says: ", before.Except(after))}. Look at it again, and decide anew.");
    }

    private static HashSet<string> Rules(FleetDocument? document) =>
        [.. document is null ? [] : PolicyDraft.Read(document.Text).Rules.Select(rule => $"{rule.Name}: {rule.Text}")];

    private static string Tell(string intro, IEnumerable<string> rules)
    {
        var named = rules.ToList();
        return named.Count == 0 ? string.Empty
            : intro + string.Join(", ", named.Take(MostNamed)) + (named.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {named.Count - MostNamed} more") : string.Empty);
    }
}
