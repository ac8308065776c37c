using System.Net.Sockets;
using MapiGate.Gateway.Options;
using MapiGate.Gateway.Tls;

namespace MapiGate.Gateway.Connections;

/// <summary>
/// The one connection to the server behind that belongs to one client's connection, since the server may authenticate by
/// connection (NTLM, Negotiate). It is never another's, and there is never a second: when it closes, so does the client's.
/// </summary>
internal sealed class PairedConnection : IDisposable
{
    private readonly Action _closed;
    private readonly CancellationTokenSource _gone = new();
    private int _opened;

    public PairedConnection(GatewayOptions options, ShownCertificate certificate, Action closed)
    {
        _closed = closed;
        var handler = ServerHandler.Create(options, certificate);
        handler.MaxConnectionsPerServer = 1;
        handler.PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan;
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
        handler.ConnectCallback = ConnectAsync;
        Invoker = new HttpMessageInvoker(handler);
    }

    public HttpMessageInvoker Invoker { get; }

    /// <summary>Whether the server has closed it.</summary>
    public bool IsGone => _gone.IsCancellationRequested;

    public void Dispose() => Invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _opened, 1) != 0)
        {
            Close();
            throw new IOException("The server's connection that belonged to this client's has closed.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new ClosingStream(new NetworkStream(socket, ownsSocket: true), Close);
        }
        catch
        {
            socket.Dispose();
            Close();
            throw;
        }
    }

    private void Close()
    {
        _gone.Cancel();
        _closed();
    }
}
