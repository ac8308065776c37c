using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Attack.Tests.Cuts;

/// <summary>A gate on Kestrel before a server that answers at the very moment at which its clients are cut, in every way that there is.</summary>
internal sealed class StormServer : IAsyncDisposable
{
    private static readonly byte[] Body = [.. new byte[8], .. Encoding.ASCII.GetBytes("the whole of a body, which is longer than its first words")];

    private readonly WebApplication _app;
    private TaskCompletionSource _go = NewSignal();
    private int _waiting;
    private int _contexts;

    private StormServer(WebApplication app) => _app = app;

    public static int BodyLength => Body.Length;

    public Uri Address => new(_app.Urls.First());

    public Gatekeeper Gatekeeper => _app.Services.GetRequiredService<Gatekeeper>();

    /// <summary>What the server found wrong.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public int Waiting => Volatile.Read(ref _waiting);

    public static async Task<StormServer> StartAsync(HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddMapiGate();
        var app = builder.Build();
        var server = new StormServer(app);
        app.UseMapiGate();
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Lets all that wait answer, or not.</summary>
    public void Go() => Interlocked.Exchange(ref _go, NewSignal()).SetResult();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AnswerAsync(HttpContext context)
    {
        var id = context.Request.Headers[MapiHttpHeaders.RequestId].ToString();
        try
        {
            if (context.Request.Headers[MapiHttpHeaders.RequestType] == MapiHttpRequestTypes.Connect)
            {
                Head(context, id);
                context.Response.Headers.SetCookie = string.Create(CultureInfo.InvariantCulture, $"MapiContext={Interlocked.Increment(ref _contexts)}");
                await context.Response.Body.WriteAsync(Stream(0));
            }
            else
            {
                await AnswerAsync(context, id, int.Parse(id.Split(':')[1], CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            // Told to stop or not: until its task ends, the context is this request's.
            if (context.Request.Headers[MapiHttpHeaders.RequestId] != id)
            {
                Complaints.Enqueue($"the context of {id} serves another request");
            }
        }
    }

    private async Task AnswerAsync(HttpContext context, string id, int way)
    {
        var go = Volatile.Read(ref _go).Task;
        var hasBegun = way % 3 == 0;
        if (hasBegun)
        {
            Head(context, id);
            await context.Response.Body.WriteAsync("PROCESSING\r\n"u8.ToArray());
        }

        Interlocked.Increment(ref _waiting);
        await go;
        Interlocked.Decrement(ref _waiting);
        for (var i = 0; i < way % 7; i++)
        {
            await Task.Yield();
        }

        var stream = Stream(way % 3)[(hasBegun ? "PROCESSING\r\n".Length : 0)..];
        if (!hasBegun)
        {
            Head(context, id);
        }

        switch (way / 3 % 8)
        {
            case 1 when !hasBegun:
                context.Response.ContentLength = stream.Length;
                await context.Response.Body.WriteAsync(stream);
                break;
            case 2:
                await InPiecesAsync(stream, piece => context.Response.Body.WriteAsync(piece).AsTask());
                break;
            case 3:
                await InPiecesAsync(stream, async piece =>
                {
                    context.Response.BodyWriter.Write(piece.Span);
                    await context.Response.BodyWriter.FlushAsync();
                });
                break;
            case 4:
                context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
                await InPiecesAsync(stream, piece =>
                {
                    context.Response.Body.Write(piece.Span);
                    return Task.CompletedTask;
                });
                break;
            case 5:
                await context.Response.StartAsync();
                context.Response.BodyWriter.Write(stream);
                break;
            case 6:
                context.Response.BodyWriter.Write(stream);
                await context.Response.CompleteAsync();
                await Task.Yield();
                break;
            case 7:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                break;
            default:
                await context.Response.Body.WriteAsync(stream);
                break;
        }
    }

    private static void Head(HttpContext context, string id)
    {
        var headers = context.Response.Headers;
        headers.ContentType = MapiHttpContentType.Mapi;
        headers[MapiHttpHeaders.ResponseCode] = "0";
        headers[MapiHttpHeaders.RequestId] = id;
    }

    private static byte[] Stream(int pendings)
    {
        var stream = new ArrayBufferWriter<byte>();
        stream.Write(MapiHttpFraming.Processing);
        for (var i = 0; i < pendings; i++)
        {
            stream.Write(MapiHttpFraming.Pending);
        }

        MapiHttpFraming.WriteDone(stream, MapiHttpResponseCode.Success, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        stream.Write(Body);
        return stream.WrittenSpan.ToArray();
    }

    private static async Task InPiecesAsync(ReadOnlyMemory<byte> stream, Func<ReadOnlyMemory<byte>, Task> write)
    {
        for (var length = 1; !stream.IsEmpty; length = length % 13 + 3)
        {
            var piece = stream[..Math.Min(length, stream.Length)];
            stream = stream[piece.Length..];
            await write(piece);
            await Task.Yield();
        }
    }
}
