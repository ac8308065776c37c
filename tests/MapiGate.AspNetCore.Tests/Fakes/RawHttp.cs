namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>Requests with headers that no well-behaved client would send.</summary>
internal static class RawHttp
{
    /// <summary>Posts a body to the endpoint, and returns the whole answer as it came.</summary>
    public static async Task<string> SendAsync(Uri address, byte[] body, params string[] headers)
    {
        using var connection = await RawConnection.OpenAsync(address);
        await connection.SendAsync(body, [.. headers, "Connection: close"]);
        return await connection.ReadToEndAsync().Soon();
    }
}
