using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>A wire that breaks once, when something has passed to the server: it arrives, and no answer comes back.</summary>
internal sealed class AnswerlessWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly Lock _lock = new();
    private readonly int _to;
    private readonly byte[] _word;
    private int _broken;

    public AnswerlessWire(int to, string word)
    {
        (_to, _word) = (to, Encoding.ASCII.GetBytes(word));
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"nats://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public bool IsArmed { get; set; }

    public bool IsBroken => Volatile.Read(ref _broken) == 1;

    public void Dispose()
    {
        _listener.Dispose();
        lock (_lock)
        {
            _sockets.ForEach(socket => socket.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var here = await _listener.AcceptSocketAsync();
                var there = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                lock (_lock)
                {
                    _sockets.AddRange([here, there]);
                }

                await there.ConnectAsync(IPAddress.Loopback, _to);
                _ = PassAsync(here, there, isToServer: true);
                _ = PassAsync(there, here, isToServer: false);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isToServer)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (isToServer && IsArmed && buffer.AsSpan(0, count).IndexOf(_word) >= 0 && Interlocked.Exchange(ref _broken, 1) == 0)
                {
                    // The answer has nowhere to go before there is one.
                    from.Dispose();
                    await to.SendAsync(buffer.AsMemory(0, count));
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone.
        }

        to.Dispose();
    }
}
