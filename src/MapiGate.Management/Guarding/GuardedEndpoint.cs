using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>What holds for every endpoint of management, whoever adds one.</summary>
internal static class GuardedEndpoint
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    /// <summary>Guards an endpoint, when everything else about it has been said.</summary>
    /// <exception cref="InvalidOperationException">It has no authorization.</exception>
    public static void Guard(EndpointBuilder endpoint)
    {
        var isPublic = endpoint.Metadata.OfType<PublicPage>().Any();
        var isAuthorized = endpoint.Metadata.OfType<IAuthorizeData>().Any() || endpoint.Metadata.OfType<AuthorizationPolicy>().Any();
        if (!isPublic && (!isAuthorized || endpoint.Metadata.OfType<IAllowAnonymous>().Any()))
        {
            throw new InvalidOperationException(
                "MapMapiGateManagement needs authorization: call services.AddMapiGateTokens(), or name policies of your own, as in "
                + "app.MapMapiGateManagement(\"/mapigate\", options => { options.ReadPolicy = \"Helpdesk\"; options.WritePolicy = \"Administrators\"; }).");
        }

        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.XFrameOptions = "DENY";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (!isPublic)
            {
                headers.CacheControl = "no-store";
            }

            return WriteGuard.Allows(http) ? AnswerAsync(http, next) : Problem.Of(
                StatusCodes.Status403Forbidden,
                "Not from this page",
                $"A change needs the header {WriteGuard.Header}, and must come from this page or, with a token, from a program.").ExecuteAsync(http);
        };
    }

    // A store that cannot be reached, in words: a folder in the file's place, a missing right, a disk that is gone.
    private static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http).ConfigureAwait(false);
        }
        catch (Exception e) when ((e is IOException and not BadHttpRequestException || e is UnauthorizedAccessException) && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await Problem.Of(StatusCodes.Status503ServiceUnavailable, "The policy cannot be read", e.Message).ExecuteAsync(http).ConfigureAwait(false);
        }
    }
}
