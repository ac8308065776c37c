using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

/// <summary>Sorts the requests: a Connect is judged, a request with a Session Context cookie is accompanied, everything else passes.</summary>
internal sealed class MapiGateMiddleware(RequestDelegate server, Gatekeeper gatekeeper, ContextTable contexts, bool knowsAccounts)
{
    private readonly AnswerEnvironment _environment = contexts.Environment;
    private readonly GatedPath _path = new(contexts.Options.Path);
    private readonly ConnectGate _connectGate = new(server, gatekeeper, contexts, knowsAccounts);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
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

        return mapiRequest.IsConnect ? _connectGate.InvokeAsync(context, mapiRequest) : InvokeInContextAsync(context, mapiRequest);
    }

    private Task InvokeInContextAsync(HttpContext context, in MapiHttpRequest request)
    {
        var lookup = contexts.Find(context.Request.Headers.Cookie, out var named);
        if (lookup == ContextLookup.NoCookie)
        {
            return server(context);
        }

        if (lookup == ContextLookup.Known)
        {
            var pending = new PendingRequest(context, request, named!);
            if (named!.TryEnter(pending))
            {
                if (pending.IsWait && contexts.IsStopping)
                {
                    pending.End(Ending.Stopping);
                }

                return pending.RunAsync(server);
            }
        }

        if (lookup == ContextLookup.Malformed)
        {
            HttpLog.MalformedContextCookie(_environment.Logger, request.Type, context.Connection.RemoteIpAddress);
            return GateAnswer.InvalidContextCookie.SendAsync(context, request, _environment);
        }

        if (Account.Of(context, contexts.Options) is null && HandshakeLeg.HasNoBody(context.Request))
        {
            return new HandshakeLeg(context, request, contexts, GateAnswer.ContextNotFound).RunBareAsync(server);
        }

        HttpLog.UnknownContext(_environment.Logger, request.Type, context.Connection.RemoteIpAddress);
        return GateAnswer.ContextNotFound.SendAsync(context, request, _environment);
    }
}
