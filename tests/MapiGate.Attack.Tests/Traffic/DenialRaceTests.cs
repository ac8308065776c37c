using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>Connects that are let in while their program is being denied.</summary>
public class DenialRaceTests
{
    private const int Flips = 40;
    private const int Clients = 8;

    [Fact]
    public async Task AConnectLetInWhileItsProgramIsDenied_IsRefusedOrCut_AndItsCookieStaysDead()
    {
        await using var server = new StoreServer();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => ConnectOverAndOverAsync(server, stop.Token))).ToArray();
        for (var flip = 0; flip < Flips; flip++)
        {
            var connects = server.Gatekeeper.Sessions.Count;
            SpinWait.SpinUntil(() => server.Gatekeeper.Sessions.Count > connects, TimeSpan.FromMilliseconds(200));
            server.Block("denied.exe");
            server.Gatekeeper.Sessions.Should().BeEmpty("Apply has returned");
            server.Block("");
        }

        server.Block("denied.exe");
        await stop.CancelAsync();
        var granted = (await Task.WhenAll(clients).WithinBounds()).SelectMany(cookies => cookies).ToList();

        granted.Should().HaveCountGreaterThan(Flips, "the race must have been run");
        server.Gatekeeper.Sessions.Should().BeEmpty();

        // Let in again, the program gets new sessions. None of the old comes back, neither here nor in the store behind.
        server.Block("");
        var client = server.NewClient();
        foreach (var cookies in granted)
        {
            client.Cookies = cookies;
            (await client.SendAsync(MapiHttpRequestTypes.Ping, [])).Code.Should().Be(10);
        }
    }

    private static async Task<List<IReadOnlyList<string>>> ConnectOverAndOverAsync(StoreServer server, CancellationToken stopped)
    {
        var client = server.NewClient(processName: "denied.exe");
        var body = client.ConnectBody();
        var granted = new List<IReadOnlyList<string>>();
        while (!stopped.IsCancellationRequested)
        {
            if (await TryConnectAsync(client, body) is not { } answer)
            {
                continue;
            }

            if (answer.IsLoggedOn)
            {
                granted.Add(answer.Cookies);
            }
            else if (answer.ConnectError != MapiErrorCode.ClientVersionDisallowed)
            {
                throw new InvalidDataException($"neither let in nor refused: {answer.Status}, code {answer.Code}");
            }
        }

        return granted;
    }

    // Cut in the middle of the body, behind DONE, an answer can neither be ended nor taken back: the connection is lost. To
    // a client that is a read failure, after which it connects again.
    private static async Task<StoreAnswer?> TryConnectAsync(StoreClient client, byte[] body)
    {
        try
        {
            return await client.SendAsync(MapiHttpRequestTypes.Connect, body);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
