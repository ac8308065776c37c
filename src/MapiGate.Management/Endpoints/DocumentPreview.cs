using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>Tells whom a document would cut, in all gates: counts of all, and the first few hundred sessions.</summary>
internal static class DocumentPreview
{
    private const int MostShown = 200;

    public static async Task<PreviewAnswer> ReadAsync(HttpContext http, string document)
    {
        var draft = await http.Store().DraftAsync(document, http.RequestAborted).ConfigureAwait(false);
        if (draft.Policy is null)
        {
            return new PreviewAnswer([.. draft.Errors.Select(ErrorAnswer.Of)], [], string.Empty, 0, 0, [], [], [], [], [], document, null, [], []);
        }

        var asked = await http.AskAsync(new PreviewQuestion { Document = document, Limit = MostShown }).ConfigureAwait(false);
        var previews = asked.Answers.Where(answer => answer.Value.Errors.Count == 0).OrderBy(answer => answer.Key, StringComparer.OrdinalIgnoreCase).ToList();
        var (examined, disconnected) = (previews.Sum(preview => preview.Value.Examined), previews.Sum(preview => preview.Value.Disconnected));
        return new PreviewAnswer(
            [],
            [.. draft.Findings.Select(FindingAnswer.Of)],
            draft.Fingerprint,
            examined,
            disconnected,
            previews.SelectMany(preview => preview.Value.ByProgram).Sum(),
            previews.SelectMany(preview => preview.Value.ByRule).Sum(),
            previews.SelectMany(preview => preview.Value.ByUser).Sum(),
            previews.SelectMany(preview => preview.Value.ByAddress).Sum(),
            [.. previews.SelectMany(preview => preview.Value.Sessions.Select(session => session with { Gate = preview.Key })).Take(MostShown)],
            document,
            draft.FindLimit(disconnected, examined),
            [.. previews.Select(preview => new GateCuts(preview.Key, preview.Value.Examined, preview.Value.Disconnected))],
            [.. asked.Missing, .. asked.Answers.Where(answer => answer.Value.Errors.Count > 0).Select(answer => new FleetGap(answer.Key, answer.Value.Errors[0]))]);
    }
}
