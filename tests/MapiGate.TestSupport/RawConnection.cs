using System.Net.Sockets;
using System.Text;

namespace MapiGate.TestSupport;

/// <summary>One HTTP/1.1 connection, byte by byte: for what no HTTP library would send, and for what comes after an answer.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly TcpClient _socket = new();

    private RawConnection(string host) => Host = host;

    /// <summary>The server, as a request's Host header names it.</summary>
    public string Host { get; }

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection(address.Authority);
        await connection._socket.ConnectAsync(address.Host, address.Port).WithinBounds();
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes) => _socket.GetStream().WriteAsync(bytes).AsTask().WithinBounds();

    /// <summary>Reads until the text has come.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var read = new StringBuilder();
        var next = new byte[1];
        while (!read.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            await _socket.GetStream().ReadExactlyAsync(next).AsTask().WithinBounds();
            read.Append((char)next[0]);
        }

        return read.ToString();
    }

    /// <summary>Reads until the connection ends, in peace or not.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var read = new MemoryStream();
        try
        {
            await _socket.GetStream().CopyToAsync(read).WithinBounds();
        }
        catch (IOException)
        {
            // The server reset it.
        }

        return Encoding.Latin1.GetString(read.ToArray());
    }

    public void Dispose() => _socket.Dispose();
}
