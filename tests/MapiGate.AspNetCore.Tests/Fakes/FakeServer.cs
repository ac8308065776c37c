using System.Collections.Concurrent;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>The MAPI/HTTP server behind the gate: answers as a good server does, until a test gives it something else to do.</summary>
internal sealed class FakeServer
{
    private int _contexts;

    public ConcurrentQueue<string> Received { get; } = [];

    public RequestDelegate Connect { get; set; }

    public RequestDelegate Execute { get; set; } = context => Answers.WriteAsync(context, Answers.ExecuteBody);

    public RequestDelegate Wait { get; set; } = Answers.WaitUntilAbortedAsync;

    public RequestDelegate Disconnect { get; set; } = context => Answers.WriteAsync(context, new DisconnectResponse().ToArray());

    public string CookieName { get; set; } = "MapiContext";

    public FakeServer() => Connect = ConnectAsync;

    public Task ConnectAsync(HttpContext context) => ConnectAsync(context, $"context-{Interlocked.Increment(ref _contexts)}");

    public Task ConnectAsync(HttpContext context, string cookie)
    {
        context.Response.Headers.Append("Set-Cookie", $"{CookieName}={cookie}; path=/mapi/emsmdb; secure; HttpOnly");
        context.Response.Headers.Append("Set-Cookie", "MapiSequence=1; path=/mapi/emsmdb; secure; HttpOnly");
        return Answers.WriteAsync(context, new ConnectResponse { DisplayName = "Jane Dow" }.ToArray());
    }

    public Task InvokeAsync(HttpContext context)
    {
        var type = context.Request.Headers[MapiHttpHeaders.RequestType].ToString();
        Received.Enqueue(type);
        return type.ToUpperInvariant() switch
        {
            "CONNECT" => Connect(context),
            "NOTIFICATIONWAIT" => Wait(context),
            "DISCONNECT" => Disconnect(context),
            _ => Execute(context),
        };
    }
}
