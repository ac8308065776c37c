using System.Net.Sockets;
using System.Text;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>One HTTP/1.1 connection, byte by byte: for headers that no good client sends, and for what comes after an answer.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _socket = new();
    private readonly string _host;

    private RawConnection(string host) => _host = host;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection(address.Authority);
        await connection._socket.ConnectAsync(address.Host, address.Port).Soon();
        return connection;
    }

    public Task SendAsync(params string[] headers) => SendAsync([], headers);

    public async Task SendAsync(byte[] body, params string[] headers)
    {
        var head = $"POST /mapi/emsmdb/ HTTP/1.1\r\nHost: {_host}\r\nContent-Length: {body.Length}\r\n{string.Join("\r\n", headers)}\r\n\r\n";
        await _socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head));
        await _socket.GetStream().WriteAsync(body);
    }

    /// <summary>Reads until the text has come.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var read = new StringBuilder();
        var next = new byte[1];
        while (!read.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            await _socket.GetStream().ReadExactlyAsync(next).AsTask().Soon();
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
            await _socket.GetStream().CopyToAsync(read);
        }
        catch (IOException)
        {
            // The server reset it.
        }

        return Encoding.Latin1.GetString(read.ToArray());
    }

    public void Dispose() => _socket.Dispose();
}
