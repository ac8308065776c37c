using System.Collections.Concurrent;
using System.Globalization;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>A MAPI/HTTP server that answers as a test says who may ask; its contexts are its users'.</summary>
internal sealed class MapiServer(Func<HttpContext, string?> authenticate)
{
    private static readonly TimeSpan PendingPeriod = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, string> _contexts = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>The users of the contexts alive.</summary>
    public IEnumerable<string> Users => _contexts.Values;

    /// <summary>How a wait goes on after its first PENDING; by default for ever.</summary>
    public Func<HttpContext, Task> AfterPending { get; set; } = static _ => Task.CompletedTask;

    public async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (authenticate(context) is not { } user)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var type = context.Request.Headers[MapiHttpHeaders.RequestType].ToString();
        var cookie = context.Request.Cookies["MapiContext"];
        if (type == MapiHttpRequestTypes.Connect && body.Length == 0)
        {
            context.Response.Headers[MapiHttpHeaders.ResponseCode] = "12";
        }
        else if (type == MapiHttpRequestTypes.Connect)
        {
            Add(context, user, $"context-{Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture)}");
            await WriteAsync(context, new ConnectResponse { DisplayName = user }.ToArray());
        }
        else if (cookie is null || !_contexts.TryGetValue(cookie, out var owner) || owner != user)
        {
            context.Response.Headers[MapiHttpHeaders.ResponseCode] = "10";
        }
        else if (type == MapiHttpRequestTypes.Disconnect)
        {
            _contexts.TryRemove(cookie, out _);
            await WriteAsync(context, new DisconnectResponse().ToArray());
        }
        else if (type == MapiHttpRequestTypes.NotificationWait)
        {
            await WaitAsync(context);
        }
        else
        {
            await WriteAsync(context, new ExecuteResponse().ToArray());
        }
    }

    /// <summary>Waits until no context is left.</summary>
    public Task UntilEmptyAsync() => BoundedWait.UntilAsync(() => _contexts.IsEmpty);

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = MapiHttpContentType.Mapi;
        context.Response.Headers[MapiHttpHeaders.ResponseCode] = "0";
        await context.Response.WriteAsync("PROCESSING\r\n");
        MapiHttpFraming.WriteDone(context.Response.BodyWriter, MapiHttpResponseCode.Success, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        await context.Response.BodyWriter.WriteAsync(body);
    }

    private void Add(HttpContext context, string user, string cookie)
    {
        _contexts[cookie] = user;
        context.Response.Headers.Append("Set-Cookie", $"MapiContext={cookie}; path=/mapi/emsmdb");
        context.Response.Headers.Append("Set-Cookie", "MapiSequence=1; path=/mapi/emsmdb");
    }

    private async Task WaitAsync(HttpContext context)
    {
        context.Response.ContentType = MapiHttpContentType.Mapi;
        context.Response.Headers[MapiHttpHeaders.ResponseCode] = "0";
        await context.Response.WriteAsync("PROCESSING\r\n");
        using var period = new PeriodicTimer(PendingPeriod);
        while (await period.WaitForNextTickAsync(context.RequestAborted))
        {
            await context.Response.WriteAsync("PENDING\r\n");
            await context.Response.Body.FlushAsync();
            await AfterPending(context);
        }
    }
}
