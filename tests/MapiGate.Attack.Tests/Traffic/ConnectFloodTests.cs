using System.Net;
using MapiGate.TestSupport;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>Thousands of Connects from one address.</summary>
public class ConnectFloodTests(ITestOutputHelper output)
{
    private const int Connects = 5000;
    private const int AtOnce = 32;

    [Fact]
    public async Task ACrowdThatLogsOnFromOneAddress_IsLetInByDefault_AndCutAsOne()
    {
        await using var server = new StoreServer();
        var start = TimeProvider.System.GetTimestamp();

        var answers = await FloodAsync(server.NewClient(processName: "crowd.exe"), Connects);

        output.WriteLine($"{Connects / TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} Connects/s");
        answers.Should().OnlyContain(answer => answer.IsLoggedOn);
        server.Gatekeeper.Sessions.Count.Should().Be(Connects);
        var receipt = server.Block("crowd.exe");
        receipt.Disconnected.Should().Be(Connects);
        await receipt.Completion.WithinBounds();
        server.Gatekeeper.Sessions.Should().BeEmpty();
    }

    [Fact]
    public async Task AFloodBeyondTheLimit_IsToldToComeBack_AndNobodyElseNotices()
    {
        await using var server = new StoreServer(limit: null, ("ConnectLimit:Burst", "200"), ("ConnectLimit:PerSecond", "10"));
        var before = server.NewClient("johndoe");
        (await before.ConnectAsync()).IsLoggedOn.Should().BeTrue();
        var flood = server.NewClient();
        var start = TimeProvider.System.GetTimestamp();

        var answers = await FloodAsync(flood, Connects);

        // A second's worth more, for the moment at which the limiter looks at the clock.
        var letIn = answers.Count(answer => answer.IsLoggedOn);
        letIn.Should().BeInRange(199, 210 + (int)(10 * TimeProvider.System.GetElapsedTime(start).TotalSeconds));
        answers.Where(answer => !answer.IsLoggedOn).Should().OnlyContain(answer => answer.Status == HttpStatusCode.ServiceUnavailable && answer.RetryAfter == TimeSpan.FromSeconds(1));
        server.Gatekeeper.Sessions.Count.Should().Be(letIn + 1);
        (await before.ExecuteAsync()).Code.Should().Be(0, "only Connects are counted");
        (await server.NewClient("johndoe", from: "127.0.0.2").ConnectAsync()).IsLoggedOn.Should().BeTrue("another address has its own count");
    }

    [Fact]
    public async Task AThousandConnectsOfOneClientThatKeepsItsCookies_LeaveOneSession()
    {
        await using var server = new StoreServer();
        var client = server.NewClient();

        for (var i = 0; i < 1000; i++)
        {
            (await client.ConnectAsync()).IsLoggedOn.Should().BeTrue();
        }

        // The gate releases the one before just after the answer has gone out.
        SpinWait.SpinUntil(() => server.Gatekeeper.Sessions.Count == 1, TimeSpan.FromSeconds(30)).Should().BeTrue();
    }

    private static async Task<List<StoreAnswer>> FloodAsync(StoreClient client, int connects)
    {
        var body = client.ConnectBody();
        var answers = new List<StoreAnswer>(connects);
        for (var sent = 0; sent < connects; sent += AtOnce)
        {
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, connects - sent)).Select(_ => client.SendAsync("Connect", body))).WithinBounds());
        }

        return answers;
    }
}
