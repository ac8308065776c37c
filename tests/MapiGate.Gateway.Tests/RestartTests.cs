using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests;

/// <summary>A gateway that is killed and starts again.</summary>
public class RestartTests
{
    private const int Sessions = 1_000;

    // Every tenth is of a program that is blocked while the gateway is away.
    private const int Blocked = Sessions / 10;

    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 32 };

    [Fact]
    public async Task UnderAThousandSessionsByBasic_NoneIsLost_ButThoseOfAProgramBlockedMeanwhile()
    {
        using var server = await StoreServer.StartAsync();
        await RunAsync(server.Url, static async client => (await client.ConnectAsync()).Should().Be("0"), static _ => Task.CompletedTask);
    }

    [Fact]
    public async Task UnderAThousandSessionsByNtlm_NoneIsLost_ButThoseOfAProgramBlockedMeanwhile()
    {
        await using var server = await TestServer.StartAsync(new MapiServer(Ntlm.Authenticate).AnswerAsync);
        await RunAsync(server.Url, static async client => (await client.ConnectByNtlmAsync("janedow")).Should().Be("0x0"), static client => client.LogOnByNtlmAsync("janedow"));
    }

    private static async Task RunAsync(Uri server, Func<StoreClient, Task> connect, Func<StoreClient, Task> logOnAgain)
    {
        using var gateway = await RunningGateway.StartAsync(server);
        StoreClient[] clients = [.. Enumerable.Range(0, Sessions).Select(number => new StoreClient(gateway.Url, number % 10 == 0 ? "program1.exe" : "OUTLOOK.EXE"))];
        await Parallel.ForEachAsync(clients, AtOnce, async (client, _) => await connect(client));

        await gateway.RestartAsync(blocked: "program1.exe");

        var codes = new string[Sessions];
        await Parallel.ForAsync(0, Sessions, AtOnce, async (number, _) =>
        {
            await logOnAgain(clients[number]);
            codes[number] = await clients[number].PingAsync();
        });
        codes.Where((_, number) => number % 10 != 0).Should().OnlyContain(code => code == "0");
        codes.Where((_, number) => number % 10 == 0).Should().HaveCount(Blocked).And.OnlyContain(code => code == "10");
        (await gateway.BlockAsync("outlook.exe")).Should().Contain($"{Sessions - Blocked} of {Sessions - Blocked} sessions disconnected");
        Array.ForEach(clients, static client => client.Dispose());
    }
}
