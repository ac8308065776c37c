namespace MapiGate.Management;

/// <summary>
/// Makes one page of what many gates answered. It goes by the sessions' numbers, which are each gate's own: where the page ends
/// with a number, it holds every gate's session of that number, so that the next begins behind it in all of them.
/// </summary>
internal static class SessionPage
{
    /// <summary>The page, and the number it ends with; <see langword="null"/> when that is all.</summary>
    public static (IReadOnlyList<SessionRow> Page, long? Next) Of(IReadOnlyDictionary<string, GateRows<SessionRow>> answers, int most)
    {
        var rows = answers.SelectMany(answer => answer.Value.Rows.Select(row => row with { Gate = answer.Key }))
            .OrderBy(row => row.Id).ThenBy(row => row.Gate, StringComparer.OrdinalIgnoreCase).ToList();

        // Nobody knows what a gate has behind the last row that it sent.
        var ends = answers.Values.Where(answer => answer.HasMore).Select(answer => answer.Rows.Count > 0 ? answer.Rows[^1].Id : long.MinValue).ToList();
        var end = rows.Count > most ? ends.Append(rows[most - 1].Id).Min() : ends.Count > 0 ? ends.Min() : long.MaxValue;
        List<SessionRow> page = [.. rows.TakeWhile(row => row.Id <= end)];
        return (page, page.Count == 0 || (page.Count == rows.Count && ends.Count == 0) ? null : end);
    }
}
