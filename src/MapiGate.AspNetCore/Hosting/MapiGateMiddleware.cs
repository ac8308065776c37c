using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>Sorts the requests: a Connect is judged, a request with a Session Context cookie is accompanied, everything else passes.</summary>
internal sealed class MapiGateMiddleware(RequestDelegate server, Gatekeeper gatekeeper, ContextTable contexts, bool knowsAccounts)
{
    private readonly AnswerEnvironment _environment = contexts.Environment;
    private readonly GatedPath _path = new(contexts.Options.Path);
    private readonly ConnectGate _connectGate = new(server, gatekeeper, contexts, knowsAccounts);
    private readonly ContextGate _contextGate = new(server, gatekeeper, contexts);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var shown = TakeSeals(request.Headers);
        if (!HttpMethods.IsPost(request.Method)
            || !_path.Contains(request.Path)
            || !request.Headers.TryGetValue(MapiHttpHeaders.RequestType, out var types))
        {
            return server(context);
        }

        var mapiRequest = MapiHttpRequest.Read(request.Headers, types, _environment.Clock.GetTimestamp());
        if (types.Count != 1)
        {
            HttpLog.AmbiguousRequestType(_environment.Logger, context.Connection.RemoteIpAddress);
            return GateAnswer.AmbiguousType.SendAsync(context, mapiRequest, _environment);
        }

        return mapiRequest.IsConnect ? _connectGate.InvokeAsync(context, mapiRequest, shown) : _contextGate.InvokeAsync(context, mapiRequest, shown);
    }

    // Whatever the request is for: the server behind never sees them. Returns the cookies as they came.
    private StringValues TakeSeals(IHeaderDictionary headers)
    {
        var shown = headers.Cookie;
        if (contexts.Seals is { } seals && seals.AreIn(shown))
        {
            headers.Cookie = seals.Without(shown);
        }

        return shown;
    }
}
