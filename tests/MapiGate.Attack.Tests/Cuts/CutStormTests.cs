using System.Text;
using System.Text.RegularExpressions;
using MapiGate.TestSupport;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Cuts;

/// <summary>Ten thousand requests are cut while their answers start: each client gets the server's answer or the gate's, whole.</summary>
public partial class CutStormTests(ITestOutputHelper output)
{
    private const int Clients = 50;
    private const int Rounds = 200;

    [Fact]
    public async Task AnswersThatStartAtTheMomentOfTheCut_AreTheServersOrTheGates_WholeAndInForm()
    {
        await using var server = await StormServer.StartAsync();
        var clients = Enumerable.Range(0, Clients).Select(number => new StormClient(number, server.Address.Authority)).ToList();
        await Task.WhenAll(clients.Select(client => client.OpenAsync(server.Address)));
        var kinds = new Dictionary<string, int>();
        var random = new Random(920185);
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(clients.Select(client => client.ConnectAsync()));
            var executing = clients.Select(client => client.ExecuteAsync(random.Next(3 * 8 * 7))).ToList();
            await BoundedWait.UntilAsync(() => server.Waiting == Clients);

            var spins = random.Next(2000);
            var cutting = Task.Run(() =>
            {
                Thread.SpinWait(spins);
                server.Gatekeeper.Apply(Blocking("storm.exe"));
            });
            server.Go();

            foreach (var (id, answer) in await Task.WhenAll(executing))
            {
                var kind = Judge(id, answer);
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            }

            await cutting.WithinBounds();
            server.Gatekeeper.Apply(Blocking(""));
        }

        output.WriteLine(string.Join(", ", kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Value} {kind.Key}")));
        server.Complaints.Should().BeEmpty();
        await BoundedWait.UntilAsync(() => server.Gatekeeper.Sessions.Count == 0);
        kinds.Keys.Should().HaveCount(3, "each kind of answer must have been seen");
        clients.ForEach(client => client.Dispose());
    }

    private static IConnectionPolicy Blocking(string processes) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes });

    /// <summary>Whose answer it is; throws for one that is nobody's.</summary>
    private static string Judge(string id, RawAnswer answer)
    {
        var text = Encoding.Latin1.GetString(answer.Body);
        var isWhole = answer.Status == 200 && answer.Headers.GetValueOrDefault("X-RequestId") == id;
        return (answer.Headers.GetValueOrDefault("X-ResponseCode"), answer.Headers.GetValueOrDefault("Content-Type")) switch
        {
            ("0", "application/mapi-http") when isWhole && ServersStream().Match(text) is { Success: true } match && answer.Body.Length - match.Length == StormServer.BodyLength => "whole answers of the server's",
            ("0", "application/mapi-http") when isWhole && GatesEnding().IsMatch(text) => "endings of the gate's",
            ("10", "text/html") when isWhole && GatesPage().IsMatch(text) && !answer.Headers.ContainsKey("Set-Cookie") => "whole answers of the gate's",
            _ => throw new InvalidDataException($"{id}: {answer.Status} {string.Join("; ", answer.Headers)}\n{text}"),
        };
    }

    [GeneratedRegex(@"\APROCESSING\r\n(PENDING\r\n)*DONE\r\nX-ResponseCode: 0\r\nX-ElapsedTime: 0\r\nX-StartTime: [^\r]+\r\n\r\n")]
    private static partial Regex ServersStream();

    [GeneratedRegex(@"\APROCESSING\r\n(PENDING\r\n)*DONE\r\nX-ResponseCode: 10\r\nX-ElapsedTime: \d+\r\nX-StartTime: [^\r]+\r\n\r\n\z")]
    private static partial Regex GatesEnding();

    [GeneratedRegex(@"\A<html><body><p>[^<]+</p></body></html>\z")]
    private static partial Regex GatesPage();
}
