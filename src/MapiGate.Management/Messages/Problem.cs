using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>Answers that say what went wrong (RFC 9457).</summary>
internal static class Problem
{
    public static IResult Of(int status, string title, string detail, IReadOnlyList<string>? errors = null, HoldRow? hold = null) => TypedResults.Json(
        new ProblemAnswer(title, status, detail, [.. (errors ?? []).Select(ErrorAnswer.Of)], hold),
        ManagementJson.Default.ProblemAnswer,
        "application/problem+json",
        status);

    /// <summary>Nobody can be known: whoever may read the server's log finds there what is wrong with the file.</summary>
    public static IResult OfTokens() =>
        Of(StatusCodes.Status503ServiceUnavailable, "The tokens cannot be read", "The file of tokens on the server cannot be used; its log says why and what to do.");
}
