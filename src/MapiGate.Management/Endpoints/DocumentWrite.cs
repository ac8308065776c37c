using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>Writes a document for somebody, and answers with what became of it.</summary>
internal static class DocumentWrite
{
    public static async Task<IResult> WriteAsync(HttpContext http, string document, string? reason, string expectedVersion, string? confirm = null)
    {
        (document, var held) = await FleetFuse.CheckAsync(http, document, confirm).ConfigureAwait(false);
        if (held is not null)
        {
            return held;
        }

        var written = await http.Store().WriteAsync(document, expectedVersion, http.Author(), reason, http.RequestAborted).ConfigureAwait(false);
        if (written.Outcome == PolicyWriteOutcome.Written)
        {
            var receipt = written.Receipt is { } done ? ReceiptRow.Of(done) : null;
            AuditLog.PolicyWritten(http.Audit(), http.Author(), written.Version!, http.Address(), ManagementRequest.OneLine(reason), receipt?.Text ?? "the policy says what it said before");
            http.Response.Headers.ETag = $"\"{written.Version}\"";
            return TypedResults.Json(new WriteAnswer(written.Version!, receipt, document), ManagementJson.Default.WriteAnswer);
        }

        var (status, title) = written.Outcome switch
        {
            PolicyWriteOutcome.Moved => (StatusCodes.Status412PreconditionFailed, "Somebody else has changed the policy"),
            PolicyWriteOutcome.Invalid => (StatusCodes.Status422UnprocessableEntity, "The policy cannot be used"),
            PolicyWriteOutcome.Overridden => (StatusCodes.Status409Conflict, "Another source says otherwise"),
            _ => (StatusCodes.Status503ServiceUnavailable, "The policy cannot be written"),
        };
        return Problem.Of(status, title, string.Join(' ', written.Errors), written.Errors);
    }
}
