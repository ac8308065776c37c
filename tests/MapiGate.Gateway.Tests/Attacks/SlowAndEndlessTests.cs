using MapiGate.Gateway.Tests.Fakes;
using MapiGate.TestSupport;

namespace MapiGate.Gateway.Tests.Attacks;

/// <summary>Clients that take their time, or never end.</summary>
public class SlowAndEndlessTests(AttackFixture fixture) : IClassFixture<AttackFixture>
{
    [Fact]
    public async Task AHeadThatComesByTheByte_IsGivenUpAfterHalfAMinute()
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        var answer = connection.ReadToEndAsync();

        await DripAsync(connection, "GET /mapi/nspi HTTP/1.1\r\nX-Header: " + new string('a', 60), answer);

        (await answer).Should().Match(text => text.Length == 0 || text.StartsWith("HTTP/1.1 408", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AConnectBodyThatComesByTheByte_IsGivenUp_AndTheServerNeverHearsOfIt()
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        await connection.SendAsync("POST /mapi/emsmdb/?slow HTTP/1.1\r\nHost: mail\r\nX-RequestType: Connect\r\nX-RequestId: 1\r\nContent-Length: 4000\r\n\r\n");
        var answer = connection.ReadToEndAsync();

        await DripAsync(connection, new string('a', 60), answer);

        (await answer).Should().NotStartWith("HTTP/1.1 200");
        fixture.Server.Received.Should().NotContain(request => request.Target.EndsWith("?slow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AConnectBodyWithoutEnd_GetsCode9_AndTheConnectionCloses()
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        await connection.SendAsync("POST /mapi/emsmdb/?endless HTTP/1.1\r\nHost: mail\r\nX-RequestType: Connect\r\nX-RequestId: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
        var answer = connection.ReadToEndAsync();

        await FloodAsync(connection, "400\r\n" + new string('a', 0x400) + "\r\n", answer);

        (await answer).Should().Contain("X-ResponseCode: 9");
        fixture.Server.Received.Should().NotContain(request => request.Target.EndsWith("?endless", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HeadersWithoutEnd_Are431()
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        await connection.SendAsync("GET /mapi/nspi/headers HTTP/1.1\r\nHost: mail\r\n");
        var answer = connection.ReadToEndAsync();

        await FloodAsync(connection, "X-More: " + new string('a', 1000) + "\r\n", answer);

        (await answer).Should().Match(text => text.Length == 0 || text.StartsWith("HTTP/1.1 431", StringComparison.Ordinal));
        fixture.Server.Received.Should().NotContain(request => request.Target.EndsWith("/headers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AThousandConnectionsThatSayNothing_AndAFloodOfRefusedConnects_HoldNobodyUp()
    {
        var silent = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => RawConnection.OpenAsync(fixture.Gateway.Url)));
        var refused = await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            using var client = new StoreClient(fixture.Gateway.Url, "program1.exe");
            var answers = new List<string>();
            for (var i = 0; i < 200; i++)
            {
                answers.Add(await client.TryConnectAsync());
            }

            return answers;
        }));
        using var good = new StoreClient(fixture.Gateway.Url, "OUTLOOK.EXE");

        (await good.TryConnectAsync()).Should().Be("0x0");
        (await good.DisconnectAsync()).Should().Be("0");

        refused.SelectMany(answers => answers).Should().HaveCount(6_400).And.OnlyContain(answer => answer == "0x4DF");
        Array.ForEach(silent, static connection => connection.Dispose());
    }

    private static async Task DripAsync(RawConnection connection, string text, Task answered)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            for (var i = 0; i < text.Length && !answered.IsCompleted; i++)
            {
                await connection.SendAsync(text[i].ToString());
                await second.WaitForNextTickAsync();
            }
        }
        catch (IOException)
        {
            // The gateway has hung up.
        }
    }

    private static async Task FloodAsync(RawConnection connection, string text, Task answered)
    {
        try
        {
            for (var i = 0; i < 100_000 && !answered.IsCompleted; i++)
            {
                await connection.SendAsync(text);
            }
        }
        catch (IOException)
        {
            // The gateway has hung up.
        }
    }
}
