using System.Collections.Frozen;
using System.Net;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace MapiGate.Gateway.Forwarding;

/// <summary>
/// What the server behind gets to see: the client's request as it is, with the original Host, where it came from, and without
/// what was meant for the gateway or for something in front of it.
/// </summary>
internal sealed class RequestTransformer(ForwardedCookies cookies, ContextEnding contexts) : HttpTransformer
{
    // Kestrel has answered Expect when the body was asked for. X-Original-* is what the host keeps of what a trusted proxy said.
    private static readonly FrozenSet<string> NotForwarded = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        HeaderNames.Expect, HeaderNames.ProxyAuthorization, "Forwarded",
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Server",
        "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Real-IP");

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken).ConfigureAwait(false);
        var headers = proxyRequest.Headers;
        foreach (var (name, _) in httpContext.Request.Headers)
        {
            if (NotForwarded.Contains(name))
            {
                headers.Remove(name);
            }
        }

        headers.Host = httpContext.Request.Host.Value;
        var shown = httpContext.Request.Headers.Cookie;
        if (cookies.Filter(shown) is var kept && kept != shown)
        {
            headers.Remove(HeaderNames.Cookie);
            headers.TryAddWithoutValidation(HeaderNames.Cookie, kept.AsEnumerable());
        }

        var client = Text(httpContext.Connection.RemoteIpAddress);
        var peer = httpContext.Features.Get<PeerFeature>();
        headers.TryAddWithoutValidation("X-Forwarded-For", peer is { IsTrustedProxy: true } && Text(peer.Address) is var proxy && proxy != client ? $"{client}, {proxy}" : client);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", httpContext.Request.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", httpContext.Request.Host.Value);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var proceeds = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken).ConfigureAwait(false);
        contexts.Learn(httpContext);
        return proceeds;
    }

    private static string Text(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "unknown";
}
