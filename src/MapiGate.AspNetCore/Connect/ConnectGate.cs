using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

/// <summary>Judges each Connect: refuses it in the protocol's form, or lets it through to the server and ties what the server grants.</summary>
/// <remarks>
/// A Connect that brings old cookies destroys the contexts they name, by the specification, before it makes a new one; here
/// only those of the same user. When the policy refuses it, the server never learns of it: the gate cuts the old contexts,
/// since the client has given them up and nothing else would end what is pending on them. When it is let in, the server
/// destroys them, and the gate releases them once the server has said yes.
/// </remarks>
internal sealed class ConnectGate(RequestDelegate server, Gatekeeper gatekeeper, ContextTable contexts)
{
    private static readonly GateAnswer TooLarge =
        GateAnswer.Failure(MapiHttpResponseCode.TooLarge, "The Connect request body is too large.");

    private static readonly GateAnswer Unreadable =
        GateAnswer.Failure(MapiHttpResponseCode.InvalidRequestBody, "The Connect request body is not valid.");

    public async Task InvokeAsync(HttpContext context, MapiHttpRequest request)
    {
        var limit = contexts.Options.MaxConnectBodySize;
        if (await ConnectBody.ReadAsync(context.Request, limit, context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            HttpLog.ConnectTooLarge(contexts.Logger, context.Connection.RemoteIpAddress, limit);
            await TooLarge.SendAsync(context).ConfigureAwait(false);
            return;
        }

        // An auxiliary buffer over its limit is an invalid request (MS-OXCRPC 3.1.4.1); one that is garbled says nothing.
        if (!ConnectRequest.TryRead(body, out var connect) || connect.Auxiliary.Error == WireError.AuxTooLarge)
        {
            HttpLog.ConnectUnreadable(contexts.Logger, context.Connection.RemoteIpAddress);
            await Unreadable.SendAsync(context).ConfigureAwait(false);
            return;
        }

        if (connect.Auxiliary.Error != WireError.None)
        {
            HttpLog.AuxiliaryUnreadable(contexts.Logger, context.Connection.RemoteIpAddress, connect.Auxiliary.Error);
        }

        var client = ConnectingClient.Read(context, connect);
        var old = contexts.FindAll(context.Request.Headers.Cookie).FindAll(known => ConnectingClient.IsSameUser(known.Session.Client, client));
        if (gatekeeper.TryLogon(client, out var session, out _))
        {
            var admitted = new GatedContext(session, contexts);
            var pending = new PendingRequest(context, admitted, request);
            if (admitted.TryEnter(pending))
            {
                if (DisagreeingClaims.Find(connect.Auxiliary, client) is { } disagreement)
                {
                    HttpLog.ClaimsDisagree(contexts.Logger, session.Id, disagreement);
                }

                await AdmitAsync(context, body, admitted, pending, old).ConfigureAwait(false);
                return;
            }

            // Disconnected this very moment.
            admitted.Release();
        }

        old.ForEach(static context => context.Cut());
        var elapsed = contexts.TimeProvider.GetElapsedTime(request.StartedAt);
        await ConnectRefusal.Create(elapsed, contexts.TimeProvider.GetUtcNow() - elapsed).SendAsync(context).ConfigureAwait(false);
    }

    private async Task AdmitAsync(HttpContext context, byte[] body, GatedContext admitted, PendingRequest pending, List<GatedContext> old)
    {
        var original = context.Request.Body;
        admitted.WatchPolicy();
        context.Request.Body = new MemoryStream(body, writable: false);
        var answered = false;
        try
        {
            await pending.RunAsync(server).ConfigureAwait(false);
            answered = admitted.IsTied;
        }
        finally
        {
            context.Request.Body = original;
            if (answered)
            {
                old.ForEach(static context => context.Release());
            }
            else
            {
                // Refused by the server, or nobody knows how far it came: in either case the client connects again.
                HttpLog.ServerRefusedConnect(contexts.Logger, admitted.Session.Id, context.Response.StatusCode);
                admitted.Release();
            }
        }
    }
}
