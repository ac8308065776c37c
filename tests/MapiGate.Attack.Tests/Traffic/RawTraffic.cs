using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>What bad clients do with a connection.</summary>
internal static class RawTraffic
{
    /// <summary>Sends the head of a request of Jane's, with more headers.</summary>
    public static Task SendHeadAsync(this RawConnection connection, string requestType, params string[] headers) => connection.SendAsync(
        $"POST /mapi/emsmdb HTTP/1.1\r\nHost: {connection.Host}\r\nAuthorization: Basic {Convert.ToBase64String("janedow:demo"u8)}\r\n"
        + $"X-RequestType: {requestType}\r\nX-RequestId: 1\r\nContent-Type: application/mapi-http\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    /// <summary>Sends the same bytes on and on, until the server hangs up or as many have gone as are said.</summary>
    public static async Task<long> FloodAsync(this RawConnection connection, byte[] bytes, long most)
    {
        var sent = 0L;
        try
        {
            for (; sent < most; sent += bytes.Length)
            {
                await connection.SendAsync(bytes);
            }
        }
        catch (IOException)
        {
            // The server has had enough.
        }

        return sent;
    }

    /// <summary>Sends a byte each second, until the server hangs up.</summary>
    public static async Task DripAsync(this RawConnection connection, string text)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            foreach (var letter in text)
            {
                await connection.SendAsync(letter.ToString());
                await second.WaitForNextTickAsync();
            }
        }
        catch (IOException)
        {
        }
    }
}
