using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using MapiGate.AspNetCore;
using MapiGate.Gateway.Connections;
using MapiGate.Gateway.Options;
using MapiGate.Protocol;
using Microsoft.Net.Http.Headers;

namespace MapiGate.Gateway.Forwarding;

/// <summary>
/// Ends a Session Context at the server behind by a Disconnect in its client's name, with the credential of the Connect: held
/// for as long as the session lives, and no longer.
/// </summary>
internal sealed class ContextEnding(ServerConnections connections, GatewayOptions options)
{
    private readonly ConditionalWeakTable<MapiClient, Route> _routes = [];

    /// <summary>Keeps how a client connected, by which its context can be ended.</summary>
    public void Remember(HttpContext context)
    {
        var request = context.Request;
        if (context.Features.Get<IMapiSessionFeature>() is { } feature
            && string.Equals(request.Headers[MapiHttpHeaders.RequestType], MapiHttpRequestTypes.Connect, StringComparison.OrdinalIgnoreCase))
        {
            _routes.AddOrUpdate(feature.Session.Client, new Route(
                request.Path.ToUriComponent() + request.QueryString.ToUriComponent(),
                request.Host.Value,
                request.Headers.Authorization,
                ServerConnections.PairOf(context)));
        }
    }

    /// <summary>Keeps the cookies of an answer: a server may take only the newest sequence.</summary>
    public void Learn(HttpContext context)
    {
        var setCookies = context.Response.Headers.SetCookie;
        if (setCookies.Count > 0 && context.Features.Get<IMapiSessionFeature>() is { } feature && _routes.TryGetValue(feature.Session.Client, out var route))
        {
            foreach (var setCookie in setCookies)
            {
                var pair = setCookie!.Split(';')[0].Trim();
                route.Cookies[NameOf(pair)] = pair;
            }
        }
    }

    public async Task EndAsync(EndedContext ended)
    {
        // A connection that was authenticated and is gone takes its contexts' credential along: there the context expires by itself.
        if (!_routes.TryGetValue(ended.Client, out var route) || route.Pair is { IsGone: true })
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Server!, route.Target))
        {
            Content = new ByteArrayContent(new DisconnectRequest().ToArray()),
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Host = route.Host;
        request.Headers.TryAddWithoutValidation(MapiHttpHeaders.RequestType, MapiHttpRequestTypes.Disconnect);
        request.Headers.TryAddWithoutValidation(MapiHttpHeaders.RequestId, $"{Guid.NewGuid():B}:1");
        request.Headers.TryAddWithoutValidation(MapiHttpHeaders.ClientInfo, $"{Guid.NewGuid():B}:1");
        request.Headers.TryAddWithoutValidation(HeaderNames.Cookie, string.Join("; ", ended.Cookies.Select(pair => route.Cookies.GetValueOrDefault(NameOf(pair), pair)).Union(route.Cookies.Values)));
        request.Content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, MapiHttpContentType.Mapi);
        if (route.Pair is null && route.Authorization is not null)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.Authorization, route.Authorization);
        }

        using var timeout = new CancellationTokenSource(options.ConnectTimeout);
        using var response = await (route.Pair?.Invoker ?? connections.Pool).SendAsync(request, timeout.Token).ConfigureAwait(false);
        await response.Content.CopyToAsync(Stream.Null, timeout.Token).ConfigureAwait(false);
    }

    private static string NameOf(string pair) => pair.Split('=')[0];

    private sealed record Route(string Target, string? Host, string? Authorization, PairedConnection? Pair)
    {
        public ConcurrentDictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);
    }
}
