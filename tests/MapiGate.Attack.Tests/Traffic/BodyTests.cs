using System.Text;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>Bodies and heads that never end, or hardly ever come.</summary>
public class BodyTests
{
    private const long FarTooMuch = 64 * 1024 * 1024;

    // Kestrel looks once a second, and takes no grace of less.
    private static readonly TimeSpan ShortGrace = TimeSpan.FromSeconds(1.1);

    [Theory]
    [InlineData("Connect")]
    [InlineData("Execute")]
    public async Task ABodyWithoutEnd_IsCode9_AndTheServerHangsUp(string requestType)
    {
        await using var server = new StoreServer();
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendHeadAsync(requestType, "Transfer-Encoding: chunked");
        var reading = connection.ReadToEndAsync();
        byte[] chunk = [.. "4000\r\n"u8, .. new byte[0x4000], .. "\r\n"u8];

        var sent = await connection.FloodAsync(chunk, FarTooMuch);

        sent.Should().BeLessThan(FarTooMuch, "the host's limit is half a megabyte, and the rest lies in buffers of sockets");
        (await reading).Should().StartWith("HTTP/1.1 200").And.Contain("X-ResponseCode: 9");
        server.Gatekeeper.Sessions.Should().BeEmpty();
        await ANewClientIsServedAsync(server);
    }

    [Theory]
    [InlineData("Connect")]
    [InlineData("Execute")]
    public async Task ALengthThatIsFarTooLong_IsCode9_BeforeAByteOfItHasCome(string requestType)
    {
        await using var server = new StoreServer();
        using var connection = await RawConnection.OpenAsync(server.Address);

        await connection.SendHeadAsync(requestType, "Content-Length: 4000000000", "Connection: close");

        (await connection.ReadToEndAsync()).Should().StartWith("HTTP/1.1 200").And.Contain("X-ResponseCode: 9");
    }

    [Theory]
    [InlineData("Connect")]
    [InlineData("Execute")]
    public async Task ABodyOfAByteASecond_IsGivenUp(string requestType)
    {
        await using var server = new StoreServer(limits => limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, ShortGrace));
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendHeadAsync(requestType, "Content-Length: 100");
        var dripping = connection.DripAsync(new string('x', 100));

        // The gate lets Kestrel speak: 408. The host says it in the protocol's way: the body could not be read.
        var answer = await connection.ReadToEndAsync();

        answer.Should().Match(text => text.StartsWith("HTTP/1.1 408", StringComparison.Ordinal) || text.Contains("X-ResponseCode: 12", StringComparison.Ordinal));
        await dripping.WithinBounds();
        server.Gatekeeper.Sessions.Should().BeEmpty();
        await ANewClientIsServedAsync(server);
    }

    [Fact]
    public async Task AHeadOfAByteASecond_IsGivenUp()
    {
        await using var server = new StoreServer(limits => limits.RequestHeadersTimeout = ShortGrace);
        using var connection = await RawConnection.OpenAsync(server.Address);
        var dripping = connection.DripAsync("POST /mapi/emsmdb HTTP/1.1\r\nHost: example.com\r\n");

        (await connection.ReadToEndAsync()).Should().StartWith("HTTP/1.1 408");
        await dripping.WithinBounds();
    }

    [Fact]
    public async Task HeadersWithoutEnd_AreRefused()
    {
        await using var server = new StoreServer();
        using var connection = await RawConnection.OpenAsync(server.Address);
        var reading = connection.ReadToEndAsync();
        await connection.SendAsync("POST /mapi/emsmdb HTTP/1.1\r\nHost: example.com\r\n");

        var sent = await connection.FloodAsync(Encoding.ASCII.GetBytes($"X-{new string('x', 1000)}: x\r\n"), FarTooMuch);

        sent.Should().BeLessThan(FarTooMuch);
        (await reading).Should().StartWith("HTTP/1.1 431");
    }

    private static async Task ANewClientIsServedAsync(StoreServer server) =>
        (await server.NewClient().ConnectAsync()).IsLoggedOn.Should().BeTrue();
}
