using System.Text;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>A whole answer that the gate itself gives: HTTP 200, the protocol's own code and a body of known length.</summary>
internal sealed record GateAnswer(MapiHttpResponseCode Code, string ContentType, ReadOnlyMemory<byte> Body)
{
    private static readonly string[] Echoed = [MapiHttpHeaders.RequestType, MapiHttpHeaders.RequestId, MapiHttpHeaders.ClientInfo];

    /// <summary>The context is not known here: it was cut, has expired, or never came through this gate.</summary>
    public static GateAnswer ContextNotFound { get; } =
        Failure(MapiHttpResponseCode.ContextNotFound, "The Session Context has expired or was disconnected.");

    /// <summary>Any code but 0 carries a text for people, and nothing that the client sent.</summary>
    public static GateAnswer Failure(MapiHttpResponseCode code, string diagnostic) =>
        new(code, MapiHttpContentType.Failure, Encoding.ASCII.GetBytes($"<html><body><p>{diagnostic}</p></body></html>"));

    /// <summary>Writes the status and headers. What stands there already stays, if it has another name.</summary>
    public void WriteHead(HttpContext context, IHttpResponseFeature response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ReasonPhrase = null;
        response.Headers.ContentType = ContentType;
        response.Headers.ContentLength = Body.Length;
        foreach (var name in Echoed)
        {
            if (context.Request.Headers.TryGetValue(name, out var sent) && IsPrintable(sent))
            {
                response.Headers[name] = sent;
            }
        }

        response.Headers[MapiHttpHeaders.ResponseCode] = ((int)Code).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Answers a request that never reaches the server.</summary>
    public async Task SendAsync(HttpContext context)
    {
        WriteHead(context, context.Features.GetRequiredFeature<IHttpResponseFeature>());
        await context.Response.Body.WriteAsync(Body, context.RequestAborted).ConfigureAwait(false);
    }

    // Kestrel takes any UTF-8 in a request header and refuses to send it back: what can't be echoed is left out.
    private static bool IsPrintable(StringValues values)
    {
        foreach (var value in values)
        {
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                return false;
            }
        }

        return true;
    }
}
