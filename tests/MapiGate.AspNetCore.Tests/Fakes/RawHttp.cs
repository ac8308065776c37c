using System.Text;
using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>Requests with headers that no well-behaved client would send.</summary>
internal static class RawHttp
{
    /// <summary>Posts a body to the endpoint, and returns the whole answer as it came.</summary>
    public static async Task<string> SendAsync(Uri address, byte[] body, params string[] headers)
    {
        using var connection = await RawConnection.OpenAsync(address);
        await connection.PostAsync(body, [.. headers, "Connection: close"]);
        return await connection.ReadToEndAsync();
    }

    /// <summary>Posts a body to the endpoint, and leaves the answer to be read.</summary>
    public static Task PostAsync(this RawConnection connection, byte[] body, params string[] headers)
    {
        var head = $"POST /mapi/emsmdb/ HTTP/1.1\r\nHost: {connection.Host}\r\nContent-Length: {body.Length}\r\n{string.Join("\r\n", headers)}\r\n\r\n";
        return connection.SendAsync([.. Encoding.UTF8.GetBytes(head), .. body]);
    }
}
