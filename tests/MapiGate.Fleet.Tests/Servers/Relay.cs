using System.Net;
using System.Net.Sockets;

namespace MapiGate.Fleet.Tests.Servers;

/// <summary>A wire between a gate and a server, that can be cut, or go dead without anybody being told.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly int _to;
    private TaskCompletionSource _passable = new();
    private bool _isCut;

    /// <param name="to">The server's port, on this machine.</param>
    /// <param name="at">Where it is reached; on this machine when <see langword="null"/>.</param>
    public Relay(int to, IPAddress? at = null)
    {
        _to = to;
        _listener = new TcpListener(at ?? IPAddress.Loopback, 0);
        _passable.SetResult();
        _listener.Start();
        Url = $"nats://{_listener.LocalEndpoint}";
        _ = AcceptAsync();
    }

    /// <summary>The server, by this wire.</summary>
    public string Url { get; }

    /// <summary>Ends every connection, and each that comes.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            foreach (var socket in _open)
            {
                socket.Dispose();
            }
        }
    }

    /// <summary>Passes nothing on any more, and says so to nobody: what packets lost on the way look like.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            _passable = _passable.Task.IsCompleted ? new() : _passable;
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _isCut = false;
            _passable.TrySetResult();
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        Cut();
        _listener.Dispose();
        _passable.TrySetResult();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket here)
    {
        using var there = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (here)
        {
            try
            {
                lock (_lock)
                {
                    if (_isCut)
                    {
                        return;
                    }

                    _open.Add(here);
                    _open.Add(there);
                }

                here.NoDelay = true;
                await there.ConnectAsync(IPAddress.Loopback, _to);
                await Task.WhenAny(PassAsync(here, there), PassAsync(there, here));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // One end is gone; so is the other.
            }
            finally
            {
                lock (_lock)
                {
                    _open.Remove(here);
                    _open.Remove(there);
                }
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await _passable.Task;
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The same.
        }
    }
}
