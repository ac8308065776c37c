using System.Net;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>A gate on a real Kestrel, with a fake server behind it in the same process.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<HttpMessageInvoker> _connections = [];

    private GateHost(WebApplication app) => _app = app;

    public required FakeServer Server { get; init; }

    public required FakeTimeProvider Clock { get; init; }

    public required Gatekeeper Gatekeeper { get; init; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    public static async Task<GateHost> StartAsync(
        string? blocked = null,
        Action<MapiGateHttpOptions>? configure = null,
        Action<IApplicationBuilder>? beforeGate = null,
        Func<FakeServer, RequestDelegate>? behindGate = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        RecordingLogger? log = null,
        Action<IServiceCollection>? services = null,
        FakeTimeProvider? clock = null)
    {
        var server = new FakeServer();
        clock ??= new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 15, 30, TimeSpan.Zero));
        var gatekeeper = new Gatekeeper(Blocking(blocked), clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
        {
            builder.Logging.AddProvider(log).AddFilter("MapiGate", LogLevel.Debug);
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(gatekeeper);
        builder.Services.Configure<MapiGateHttpOptions>(options => configure?.Invoke(options));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        beforeGate?.Invoke(app);
        app.UseMapiGate();
        app.Run(behindGate?.Invoke(server) ?? server.InvokeAsync);
        await app.StartAsync();
        return new GateHost(app) { Server = server, Clock = clock, Gatekeeper = gatekeeper };
    }

    public static IConnectionPolicy Blocking(string? processes) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes });

    /// <summary>A policy change as an administrator makes it.</summary>
    public PolicyReceipt Block(string processes) => Gatekeeper.Apply(Blocking(processes));

    /// <summary>A client with connections of its own, or on those of another; at the gate, or at what stands in front of it.</summary>
    public MapiTestClient NewClient(string? processName = "OUTLOOK.EXE", Version? httpVersion = null, MapiTestClient? sharing = null, Uri? at = null)
    {
        var connection = sharing?.Connection ?? new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        _connections.Add(connection);
        return new MapiTestClient(connection, at ?? Address) { ProcessName = processName, HttpVersion = httpVersion ?? System.Net.HttpVersion.Version11 };
    }

    public async ValueTask DisposeAsync()
    {
        // The clients first: their aborts end what still waits.
        _connections.ForEach(connection => connection.Dispose());
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
