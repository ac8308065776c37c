using MapiGate.AspNetCore;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Benchmarks;

/// <summary>The same small MAPI/HTTP endpoint on Kestrel, with the gate before it or without. It runs until its standard input ends, and answers each line of it with bytes allocated and requests so far.</summary>
internal static class ExecuteServer
{
    public const string Path = "/mapi/emsmdb";

    private static readonly byte[] ExecuteBody = new ExecuteResponse { RopBuffer = new byte[512] }.ToArray();
    private static readonly byte[] ConnectBody = new ConnectResponse { DisplayName = "Somebody" }.ToArray();

    private static long _requests;

    public static async Task RunAsync(bool isGated)
    {
        await using var app = await StartAsync(isGated);
        Console.WriteLine(app.Urls.Single());
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine($"{GC.GetTotalAllocatedBytes()} {Volatile.Read(ref _requests)}");
        }

        await app.StopAsync();
    }

    /// <summary>Starts one in this process.</summary>
    /// <param name="isGated">Whether the gate is before it.</param>
    /// <param name="transport">By what it is reached, if not by sockets.</param>
    public static async Task<WebApplication> StartAsync(bool isGated, IConnectionListenerFactory? transport = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMapiGate(options => options.DisableMapiClientProcesses = string.Join("; ", Crowd.Absent));
        if (transport is not null)
        {
            builder.Services.AddSingleton(transport);
        }

        var app = builder.Build();
        if (isGated)
        {
            app.UseMapiGate();
        }

        app.MapPost(Path, http => AnswerAsync(http, isGated));
        await app.StartAsync();
        return app;
    }

    private static async Task AnswerAsync(HttpContext http, bool isGated)
    {
        var start = TimeProvider.System.GetUtcNow();
        Interlocked.Increment(ref _requests);
        var isConnect = http.Request.Headers[MapiHttpHeaders.RequestType] == MapiHttpRequestTypes.Connect;
        if (!await HasBodyAsync(http.Request) || (isGated && !isConnect && http.Features.Get<IMapiSessionFeature>() is null))
        {
            // A request that the gate does not know is not the work that is measured: the load generator counts it as failed.
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        http.Response.ContentType = MapiHttpContentType.Mapi;
        http.Response.Headers[MapiHttpHeaders.ResponseCode] = "0";
        if (http.Request.Headers[MapiHttpHeaders.RequestType] == MapiHttpRequestTypes.NotificationWait)
        {
            await http.Response.WriteAsync("PROCESSING\r\n");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (isConnect)
        {
            http.Response.Cookies.Append("MapiContext", Guid.NewGuid().ToString("N"));
        }

        MapiHttpFraming.WriteDone(http.Response.BodyWriter, MapiHttpResponseCode.Success, TimeProvider.System.GetUtcNow() - start, start);
        await http.Response.BodyWriter.WriteAsync(isConnect ? ConnectBody : ExecuteBody);
    }

    private static async Task<bool> HasBodyAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            request.BodyReader.AdvanceTo(read.IsCompleted ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return !read.Buffer.IsEmpty;
            }
        }
    }
}
