using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>A server behind that keeps what it receives, and answers as a test says.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _received = [];

    private TestServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    /// <summary>What came but for health pages, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Received => [.. _received];

    /// <param name="answer">How it answers; by default with 200 and nothing.</param>
    /// <param name="certificate">Its certificate, where it speaks TLS.</param>
    public static async Task<TestServer> StartAsync(RequestDelegate? answer = null, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var app = builder.Build();
        var server = new TestServer(app);
        app.Run(async context =>
        {
            if (context.Request.Path != "/mapi/healthcheck.htm")
            {
                server._received.Enqueue(ReceivedRequest.Of(context.Request));
                await (answer?.Invoke(context) ?? Task.CompletedTask);
            }
        });
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // Long polls have no end of their own.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
