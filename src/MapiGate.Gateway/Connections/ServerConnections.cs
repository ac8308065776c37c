using MapiGate.Gateway.Credentials;
using MapiGate.Gateway.Options;
using MapiGate.Gateway.Telemetry;
using MapiGate.Gateway.Tls;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.Gateway.Connections;

/// <summary>Which connection to the server behind a request takes: one of the pool's, or the one that belongs to its client's connection.</summary>
internal sealed class ServerConnections : IDisposable
{
    private static readonly object Key = new();

    // So that a change of the server's address or certificate is seen, however busy a connection is.
    private static readonly TimeSpan PoolLifetime = TimeSpan.FromMinutes(10);

    private readonly GatewayOptions _options;
    private readonly ShownCertificate _certificate;
    private readonly ILogger _logger;

    public ServerConnections(GatewayOptions options, ShownCertificate certificate, ILogger<ServerConnections> logger)
    {
        (_options, _certificate, _logger) = (options, certificate, logger);
        var handler = ServerHandler.Create(options, certificate);
        handler.PooledConnectionLifetime = PoolLifetime;
        Pool = new HttpMessageInvoker(handler);
    }

    /// <summary>Connections on which nobody has authenticated himself: those of Basic, of Bearer and of nobody.</summary>
    public HttpMessageInvoker Pool { get; }

    /// <summary>The connection that belongs to the client's, where a credential has asked for one.</summary>
    public static PairedConnection? PairOf(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(Key, out var pair) == true ? (PairedConnection?)pair : null;

    /// <summary>Gives the client's connection one of its own from the first credential on that may authenticate it.</summary>
    public void Pair(HttpContext context, CredentialKind credential)
    {
        if (credential != CredentialKind.Connection || PairOf(context) is not null)
        {
            return;
        }

        // HTTP/1.1 only: one request at a time on each connection.
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        var lifetime = context.Features.GetRequiredFeature<IConnectionLifetimeFeature>();
        var notification = context.Features.Get<IConnectionLifetimeNotificationFeature>();
        var address = context.Connection.RemoteIpAddress;
        var pair = new PairedConnection(_options, _certificate, () =>
        {
            GatewayLog.ServerConnectionClosed(_logger, address);
            notification?.RequestClose();
        });
        items[Key] = pair;
        lifetime.ConnectionClosed.UnsafeRegister(static pair => ((PairedConnection)pair!).Dispose(), pair);
    }

    public void Dispose() => Pool.Dispose();
}
