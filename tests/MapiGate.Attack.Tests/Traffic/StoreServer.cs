using System.Net;
using System.Net.Sockets;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>The store-service host on a real Kestrel, on the loopback address, with its log kept.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _application;
    private readonly HttpClient _http;
    private readonly List<HttpMessageInvoker> _connections = [];

    public StoreServer(Action<KestrelServerLimits>? limit = null, params (string Key, string Value)[] settings)
        : this(TimeProvider.System, limit, settings)
    {
    }

    public StoreServer(TimeProvider clock, Action<KestrelServerLimits>? limit = null, params (string Key, string Value)[] settings)
    {
        _application = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("Management:Url", "");
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }

            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
            host.ConfigureServices(services => services.AddSingleton(clock));
            host.ConfigureServices(services => services.PostConfigure<KestrelServerOptions>(kestrel => limit?.Invoke(kestrel.Limits)));
        });
        _application.UseKestrel(0);
        _http = _application.CreateClient();
    }

    public RecordingLogger Log { get; } = new();

    public Uri Address => _http.BaseAddress!;

    public Gatekeeper Gatekeeper => _application.Services.GetRequiredService<Gatekeeper>();

    /// <summary>A policy change as an administrator makes it.</summary>
    public PolicyReceipt Block(string processes) =>
        Gatekeeper.Apply(ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes }));

    /// <summary>A client with connections of its own, from an address of the loopback network.</summary>
    public StoreClient NewClient(string user = "janedow", string processName = "OUTLOOK.EXE", string from = "127.0.0.1")
    {
        var connection = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(IPAddress.Parse(from), context.DnsEndPoint, cancellationToken),
        });
        _connections.Add(connection);
        return new StoreClient(connection, Address, user) { ProcessName = processName };
    }

    public async ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        _http.Dispose();
        await _application.DisposeAsync();
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress from, DnsEndPoint to, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, to.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
