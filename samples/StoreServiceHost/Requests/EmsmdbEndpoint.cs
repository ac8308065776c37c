using System.Collections.Frozen;
using System.Globalization;
using MapiGate.Protocol;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using StoreServiceHost.Contexts;
using StoreServiceHost.Logging;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Requests;

/// <summary>
/// The mailbox endpoint: checks what all request types have in common and hands over to the one that was asked for.
/// A failure of the protocol is a 200 with an <c>X-ResponseCode</c> (MS-OXCMAPIHTTP 2.2.3.3.3).
/// </summary>
internal sealed class EmsmdbEndpoint(
    IEnumerable<IEmsmdbRequest> requests, MailboxDirectory mailboxes, IOptions<ContextOptions> options, TimeProvider time,
    IHostApplicationLifetime host, HostLog log)
{
    public const string Path = "/mapi/emsmdb";

    /// <summary>The specification wants "Exchange/" and four parts; this server is none, and claims the oldest that spoke MAPI/HTTP.</summary>
    private const string ServerApplication = "Exchange/15.00.0847.032";

    private readonly FrozenDictionary<string, IEmsmdbRequest> _requests =
        requests.ToFrozenDictionary(request => request.RequestType, StringComparer.OrdinalIgnoreCase);

    public async Task AnswerAsync(HttpContext http)
    {
        // The pipeline let only authenticated users through, and only users of the directory can authenticate.
        if (!mailboxes.TryFindByOwner(http.User.Identity?.Name, out var mailbox))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var exchange = new EmsmdbExchange(http, mailbox, time);
        if (!TryEcho(http))
        {
            await exchange.FailAsync(MapiHttpResponseCode.InvalidHeader, "A header holds characters that cannot be sent back.");
            return;
        }

        WriteServerHeaders(http.Response.Headers);
        if (Check(http.Request, out var request, out var diagnostic) is var code and not MapiHttpResponseCode.Success)
        {
            await exchange.FailAsync(code, diagnostic);
            return;
        }

        await AnswerAsync(exchange, request!);
    }

    private async Task AnswerAsync(EmsmdbExchange exchange, IEmsmdbRequest request)
    {
        try
        {
            await request.AnswerAsync(exchange);
        }
        catch (Exception) when (exchange.Aborted.IsCancellationRequested)
        {
            // The client is gone, or the gate ends this answer: nothing left to say, whatever the failure looks like.
        }
        catch (BadHttpRequestException failure) when (!exchange.Http.Response.HasStarted)
        {
            var isTooLarge = failure.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await exchange.FailAsync(
                isTooLarge ? MapiHttpResponseCode.TooLarge : MapiHttpResponseCode.InvalidRequestBody,
                isTooLarge ? "The request is too large." : "The request could not be read.");
        }
        catch (Exception failure) when (!exchange.Http.Response.HasStarted)
        {
            log.RequestFailed(request.RequestType, failure);
            await exchange.FailAsync(MapiHttpResponseCode.UnknownFailure, "The server failed.");
        }
    }

    private MapiHttpResponseCode Check(HttpRequest http, out IEmsmdbRequest? request, out string diagnostic)
    {
        (request, diagnostic) = (null, "");
        if (!HttpMethods.IsPost(http.Method))
        {
            diagnostic = "Use POST.";
            return MapiHttpResponseCode.InvalidVerb;
        }

        if (!string.Equals(http.Path.Value?.TrimEnd('/'), Path, StringComparison.OrdinalIgnoreCase))
        {
            diagnostic = $"Nothing here; the mailbox endpoint is {Path}.";
            return MapiHttpResponseCode.InvalidPath;
        }

        if (StringValues.IsNullOrEmpty(http.Headers[MapiHttpHeaders.RequestType]) || StringValues.IsNullOrEmpty(http.Headers[MapiHttpHeaders.RequestId]))
        {
            diagnostic = $"{MapiHttpHeaders.RequestType} and {MapiHttpHeaders.RequestId} are required.";
            return MapiHttpResponseCode.MissingHeader;
        }

        if (!_requests.TryGetValue(http.Headers[MapiHttpHeaders.RequestType].ToString(), out request))
        {
            diagnostic = $"{MapiHttpHeaders.RequestType} names no request type of this endpoint.";
            return MapiHttpResponseCode.InvalidRequestType;
        }

        if (host.ApplicationStopping.IsCancellationRequested)
        {
            // Whoever was told so a moment ago comes back at once; a new session would not live long.
            diagnostic = "The server is shutting down.";
            return MapiHttpResponseCode.EndpointShuttingDown;
        }

        return MapiHttpResponseCode.Success;
    }

    /// <summary>Sends three headers back as they came. Kestrel has refused CR and LF; a response takes plain ASCII only.</summary>
    private static bool TryEcho(HttpContext http)
    {
        foreach (var name in (ReadOnlySpan<string>)[MapiHttpHeaders.RequestType, MapiHttpHeaders.RequestId, MapiHttpHeaders.ClientInfo])
        {
            var value = http.Request.Headers[name];
            if (value.Count == 0)
            {
                continue;
            }

            if (value.Count > 1 || value[0]!.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                return false;
            }

            http.Response.Headers[name] = value;
        }

        return true;
    }

    private void WriteServerHeaders(IHeaderDictionary headers)
    {
        headers[MapiHttpHeaders.ServerApplication] = ServerApplication;
        headers[MapiHttpHeaders.PendingPeriod] = ToMilliseconds(options.Value.PendingPeriod);
        headers[MapiHttpHeaders.ExpirationInfo] = ToMilliseconds(options.Value.IdleExpiry);
        headers.CacheControl = "private";
    }

    private static string ToMilliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
