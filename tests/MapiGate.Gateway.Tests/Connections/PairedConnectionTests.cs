using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests.Connections;

public class PairedConnectionTests
{
    private const int Clients = 10;
    private const int RequestsEach = 1_000;

    [Fact]
    public async Task TenThousandRequestsOfManyUsers_NoneIsServedAsSomebodyElse()
    {
        await using var server = await TestServer.StartAsync(NtlmServer.AnswerAsync);
        using var gateway = await RunningGateway.StartAsync(server.Url);

        var wrong = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => RunAsync(gateway.Url, number)));

        wrong.SelectMany(answers => answers).Should().BeEmpty();
    }

    // Odd numbers begin unasked; a client now and then has its connection closed, in the handshake or after it.
    private static async Task<List<string>> RunAsync(Uri url, int number)
    {
        var user = $"user{number % 2}-{number}";
        using var client = new NtlmClient(url, user);
        using var stranger = new NtlmClient(url, "stranger");
        var wrong = new List<string>();
        for (var i = 0; i < RequestsEach; i += 10)
        {
            if (i % 100 == 0)
            {
                await client.CloseAsync(duringHandshake: i % 200 == 0);
                Expect(await client.AskAsync(), "who are you?");
            }

            Expect(await client.LogOnAsync(isPreEmptive: (number + i) % 20 < 10), user);
            for (var n = 0; n < 5; n++)
            {
                Expect(await client.AskAsync(), user);
                Expect(await stranger.AskAsync(), "who are you?");
            }
        }

        return wrong;

        void Expect(string answer, string expected)
        {
            if (answer != expected)
            {
                wrong.Add($"{expected} got: {answer}");
            }
        }
    }
}
