using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>Finds the context that a request is for: it is accompanied, or answered in the server's place.</summary>
internal sealed class ContextGate(RequestDelegate server, Gatekeeper gatekeeper, ContextTable contexts)
{
    private readonly AnswerEnvironment _environment = contexts.Environment;

    public Task InvokeAsync(HttpContext context, in MapiHttpRequest request, StringValues shown)
    {
        var cookies = context.Request.Headers.Cookie;
        var lookup = contexts.Find(cookies, out var named);
        switch (lookup)
        {
            case ContextLookup.NoCookie:
                return server(context);
            case ContextLookup.Malformed:
                HttpLog.MalformedContextCookie(_environment.Logger, request.Type, context.Connection.RemoteIpAddress);
                return GateAnswer.InvalidContextCookie.SendAsync(context, request, _environment);
        }

        var account = lookup == ContextLookup.Known ? null : Account.Of(context, contexts.Options);
        Seal? seal = null;
        if (lookup == ContextLookup.Unknown && contexts.Seals is { } seals && contexts.TryReadValue(cookies, out var cookie))
        {
            seal = seals.Open(shown).Find(seal => seal.Fits(cookie));
            named = seal is not null && Account.IsSame(seal.UserName, account) ? Adopt(context, request, cookie, seal) : null;
        }

        if (named is not null && TryAccompany(context, request, named, out var accompanying))
        {
            return accompanying;
        }

        // A leg of a handshake has no body; where a seal names an account, it may have, and no credential yet.
        if (lookup == ContextLookup.Unknown && account is null
            && (HandshakeLeg.HasNoBody(context.Request) || (seal?.UserName is not null && context.Request.Headers.Authorization.Count == 0)))
        {
            return new HandshakeLeg(context, request, contexts, GateAnswer.ContextNotFound).RunBareAsync(server);
        }

        HttpLog.UnknownContext(_environment.Logger, request.Type, context.Connection.RemoteIpAddress);
        return GateAnswer.ContextNotFound.SendAsync(context, request, _environment);
    }

    private bool TryAccompany(HttpContext context, in MapiHttpRequest request, GatedContext named, [NotNullWhen(true)] out Task? accompanying)
    {
        accompanying = null;
        var pending = new PendingRequest(context, request, named);
        if (!named.TryEnter(pending))
        {
            return false;
        }

        if (pending.IsWait && contexts.IsStopping)
        {
            pending.End(Ending.Stopping);
        }

        accompanying = pending.RunAsync(server);
        return true;
    }

    /// <summary>Takes on a context that another gate let in, or this one before it was started anew, if the policy in force allows it.</summary>
    private GatedContext? Adopt(HttpContext context, in MapiHttpRequest request, string cookie, Seal seal)
    {
        var address = context.Connection.RemoteIpAddress;
        if (contexts.Seals!.Ended.Contains(seal.Context) || !gatekeeper.TryLogon(seal.Client with { RemoteAddress = address }, out var session, out _))
        {
            return null;
        }

        var adopted = new GatedContext(session, contexts);
        var named = adopted.Adopt(cookie, context.Request.Headers.Cookie);
        if (named != adopted)
        {
            session.Dispose();
            return named;
        }

        adopted.WatchPolicy();
        HttpLog.SessionAdopted(_environment.Logger, request.Type, address, session.Id);
        if (contexts.Seals.Ended.Contains(seal.Context))
        {
            // Ended this very moment.
            adopted.Release();
        }

        return adopted;
    }
}
