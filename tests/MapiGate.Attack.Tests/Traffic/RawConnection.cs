using System.Net.Sockets;
using System.Text;
using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>One HTTP/1.1 connection, byte by byte, for what no HTTP library would send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _socket = new();
    private readonly Uri _address;

    private RawConnection(Uri address) => _address = address;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection(address);
        await connection._socket.ConnectAsync(address.Host, address.Port).WithinBounds();
        return connection;
    }

    /// <summary>The head of a request of Jane's, with more headers.</summary>
    public Task SendHeadAsync(string requestType, params string[] headers) => SendAsync(
        $"POST /mapi/emsmdb HTTP/1.1\r\nHost: {_address.Authority}\r\nAuthorization: Basic {Convert.ToBase64String("janedow:demo"u8)}\r\n"
        + $"X-RequestType: {requestType}\r\nX-RequestId: 1\r\nContent-Type: application/mapi-http\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    public Task SendAsync(string text) => _socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Sends the same bytes on and on, until the server hangs up or as many have gone as are said.</summary>
    public async Task<long> FloodAsync(byte[] bytes, long most)
    {
        var sent = 0L;
        try
        {
            for (; sent < most; sent += bytes.Length)
            {
                await _socket.GetStream().WriteAsync(bytes).AsTask().WithinBounds();
            }
        }
        catch (IOException)
        {
            // The server has had enough.
        }

        return sent;
    }

    /// <summary>Sends a byte each second, until the server hangs up.</summary>
    public async Task DripAsync(string text)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            foreach (var letter in text)
            {
                await SendAsync(letter.ToString());
                await second.WaitForNextTickAsync();
            }
        }
        catch (IOException)
        {
        }
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
        }

        return Encoding.Latin1.GetString(read.ToArray());
    }

    public void Dispose() => _socket.Dispose();
}
