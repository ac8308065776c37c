using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>Judges each Connect: refuses it in the protocol's form, or lets it through to the server.</summary>
/// <remarks>
/// A Connect that brings old cookies destroys the contexts they name, by the specification, before it makes a new one; here
/// only those of the same user. When the policy refuses it, the server never learns of it: the gate cuts the old contexts,
/// since the client has given them up and nothing else would end what is pending on them. When it is let in, the server
/// destroys them, and the gate releases them once the server has said yes.
/// </remarks>
/// <param name="server">What stands behind.</param>
/// <param name="gatekeeper">The judge.</param>
/// <param name="contexts">The contexts alive.</param>
/// <param name="knowsAccounts">Whether there are requests whose account is known.</param>
internal sealed class ConnectGate(RequestDelegate server, Gatekeeper gatekeeper, ContextTable contexts, bool knowsAccounts)
{
    private readonly AnswerEnvironment _environment = contexts.Environment;

    public async Task InvokeAsync(HttpContext context, MapiHttpRequest request, StringValues shown)
    {
        var limit = contexts.Options.MaxConnectBodySize;
        if (await ConnectBody.ReadAsync(context.Request, limit, context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            HttpLog.ConnectTooLarge(_environment.Logger, context.Connection.RemoteIpAddress, limit);
            await GateAnswer.ConnectTooLarge.SendAsync(context, request, _environment).ConfigureAwait(false);
            return;
        }

        var account = Account.Of(context, contexts.Options);
        if (body.Length == 0 && account is null)
        {
            await new HandshakeLeg(context, request, contexts, GateAnswer.ConnectUnreadable).RunBareAsync(server).ConfigureAwait(false);
            return;
        }

        if (!ConnectRequest.TryRead(body, out var connect))
        {
            HttpLog.ConnectUnreadable(_environment.Logger, context.Connection.RemoteIpAddress);
            await GateAnswer.ConnectUnreadable.SendAsync(context, request, _environment).ConfigureAwait(false);
            return;
        }

        // An auxiliary buffer that is garbled says nothing.
        if (connect.Auxiliary.Error != WireError.None)
        {
            HttpLog.AuxiliaryUnreadable(_environment.Logger, context.Connection.RemoteIpAddress, connect.Auxiliary.Error);
        }

        await JudgeAsync(context, request, body, ConnectingClient.Read(context, connect, account), connect, shown).ConfigureAwait(false);
    }

    private async Task JudgeAsync(HttpContext context, MapiHttpRequest request, byte[] body, MapiClient client, ConnectRequest connect, StringValues shown)
    {
        var forwarded = contexts.WithoutUnknown(context.Request.Headers.Cookie, shown);
        var old = contexts.FindAll(context.Request.Headers.Cookie).FindAll(known => ConnectingClient.IsSameUser(known.Session.Client, client));
        if (gatekeeper.TryLogonByClaim(client, out var session, out var verdict))
        {
            var admitted = new GatedContext(session, contexts);
            var pending = new ConnectingRequest(context, request, admitted, old);
            if (admitted.TryEnter(pending))
            {
                if (DisagreeingClaims.Find(connect.Auxiliary, client) is { } disagreement)
                {
                    HttpLog.ClaimsDisagree(_environment.Logger, session.Id, disagreement);
                }

                await AdmitAsync(context, body, forwarded, admitted, pending).ConfigureAwait(false);
                if (admitted.IsTied)
                {
                    // Not before: what the server answers with 401 was never let in.
                    gatekeeper.ReportExemption(client, verdict);
                }

                return;
            }

            // Disconnected this very moment.
            admitted.Release();
        }

        if (client.UserName is null && knowsAccounts && context.Request.Headers.Authorization.Count == 0)
        {
            // An account could still lift this, and none has been named yet.
            await new HandshakeLeg(context, request, contexts, GateAnswer.Refused).RunBareAsync(server).ConfigureAwait(false);
            return;
        }

        old.ForEach(static context => context.Cut());
        await GateAnswer.Refused.SendAsync(context, request, _environment).ConfigureAwait(false);
    }

    private async Task AdmitAsync(HttpContext context, byte[] body, StringValues forwarded, GatedContext admitted, ConnectingRequest pending)
    {
        var (original, cookies) = (context.Request.Body, context.Request.Headers.Cookie);
        admitted.WatchPolicy();
        context.Request.Body = new MemoryStream(body, writable: false);
        context.Request.Headers.Cookie = forwarded;
        try
        {
            await pending.RunAsync(server).ConfigureAwait(false);
        }
        finally
        {
            (context.Request.Body, context.Request.Headers.Cookie) = (original, cookies);
            if (!admitted.IsTied)
            {
                if (admitted.Session.IsDisconnected && pending.Granted is { Count: > 0 } granted)
                {
                    admitted.KeepCookies(granted);
                    admitted.EndAtServer();
                }

                // Refused by the server, or nobody knows how far it came: in either case the client connects again.
                HttpLog.ServerRefusedConnect(_environment.Logger, admitted.Session.Id, context.Response.StatusCode);
                admitted.Release();
            }
        }
    }
}
