using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>
/// Holds a change back that would cut more sessions, over all gates, than its limits say. What is let through is confirmed in the
/// document itself, so that no gate asks again for its own share.
/// </summary>
internal static class FleetFuse
{
    /// <summary>What is to be written; or the answer that it is held back.</summary>
    /// <param name="http">The request.</param>
    /// <param name="document">The document.</param>
    /// <param name="confirm">The fingerprint of what somebody has let through.</param>
    public static async Task<(string Document, IResult? Held)> CheckAsync(HttpContext http, string document, string? confirm)
    {
        var draft = await http.Store().DraftAsync(document, http.RequestAborted).ConfigureAwait(false);
        if (draft.Policy is null)
        {
            // The store says what is wrong with it.
            return (document, null);
        }

        if (!string.IsNullOrWhiteSpace(confirm))
        {
            return confirm == draft.Fingerprint ? (Confirmed(), null) : (document, Problem.Of(
                StatusCodes.Status409Conflict,
                "Another change was confirmed",
                $"What was confirmed is {ManagementRequest.OneLine(confirm)}, and this is {draft.Fingerprint}; look at the preview again."));
        }

        if (http.FleetIfAny() is null)
        {
            return (document, null);
        }

        var preview = await DocumentPreview.ReadAsync(http, document).ConfigureAwait(false);
        if (preview.Limit is { } limit)
        {
            return (document, Hold(http, preview, limit));
        }

        // Past a gate's own limit, while the sum is not. A gate that gave no answer may have any number, and is to ask for itself.
        return preview.Missing.Count == 0 && preview.Gates.Any(gate => draft.FindLimit(gate.Disconnected, gate.Examined) is not null) ? (Confirmed(), null) : (document, null);

        string Confirmed()
        {
            var editor = new DocumentEditor(document);
            editor.ConfirmChange(draft.Fingerprint);
            return editor.ToString();
        }
    }

    private static IResult Hold(HttpContext http, PreviewAnswer preview, string limit)
    {
        var gates = string.Join(", ", preview.Gates.Where(gate => gate.Disconnected > 0).OrderByDescending(gate => gate.Disconnected).Take(5).Select(gate => string.Create(CultureInfo.InvariantCulture, $"{gate.Gate} {gate.Disconnected}")));
        var text = string.Create(CultureInfo.InvariantCulture, $"The change {preview.Fingerprint} would disconnect {preview.Disconnected} of {preview.Examined} sessions in all gates ({gates}), past {limit}: it was not written. ")
            + $"To let it through, send it with confirm \"{preview.Fingerprint}\".";
        return Problem.Of(
            StatusCodes.Status409Conflict,
            "More than a change may cut",
            text,
            hold: new HoldRow(preview.Fingerprint, preview.Disconnected, preview.Examined, limit, http.Now(), preview.ByProgram, text));
    }
}
