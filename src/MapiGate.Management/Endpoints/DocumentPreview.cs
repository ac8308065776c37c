using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>Tells whom a document would cut: counts of all, and the first few hundred sessions.</summary>
internal static class DocumentPreview
{
    private const int MostShown = 200;

    public static async Task<PreviewAnswer> ReadAsync(HttpContext http, string document)
    {
        var draft = await http.Store().DraftAsync(document, http.RequestAborted).ConfigureAwait(false);
        if (draft.Policy is null)
        {
            return new PreviewAnswer([.. draft.Errors.Select(ErrorAnswer.Of)], [], string.Empty, 0, 0, [], [], [], [], [], document);
        }

        var preview = http.Gate().Preview(draft.Policy);
        return new PreviewAnswer(
            [],
            [.. draft.Findings.Select(FindingAnswer.Of)],
            draft.Fingerprint,
            preview.Examined,
            preview.Disconnected.Count,
            Top(preview.ByProgram.Select(program => (ProgramNames.Image([program.Key]), program.Value))),
            Top(preview.ByRule.Select(rule => (rule.Key, rule.Value))),
            Top(Count(preview.Disconnected, session => session.Client.Sanitized().UserName ?? string.Empty)),
            Top(Count(preview.Disconnected, session => session.Client.RemoteAddress?.ToString() ?? string.Empty)),
            [.. preview.Disconnected.Take(MostShown).Select(SessionAnswer.Of)],
            document);
    }

    private static IEnumerable<(string Name, int Sessions)> Count(IReadOnlyList<SessionInfo> sessions, Func<SessionInfo, string> by) =>
        sessions.CountBy(by, StringComparer.OrdinalIgnoreCase).Select(count => (count.Key, count.Value));

    private static IReadOnlyList<CountAnswer> Top(IEnumerable<(string Name, int Sessions)> counts) =>
        [.. counts.OrderByDescending(count => count.Sessions).Take(100).Select(count => new CountAnswer(count.Name, count.Sessions))];
}
