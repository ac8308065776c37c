using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport;

namespace MapiGate.Gateway.Tests;

/// <summary>What becomes of sessions: waits, cuts, contexts at the server, by Basic and by NTLM.</summary>
public class SessionTests
{
    [Fact]
    public async Task AWait_SpeaksAsTheServerDoes_AndIsCutWithinASecondOfTheEdit_InForm()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);

        // From the edit to the last byte at the client. A quarter of a second of it is the watcher's; a machine that is shared
        // with other suites may be away for a second once, and not three times.
        for (var tries = 3; ; tries--)
        {
            using var client = new StoreClient(gateway.Url, "program1.exe");
            (await client.ConnectAsync()).Should().Be("0");
            using var wait = await client.WaitAsync();
            using var reader = new StreamReader(await wait.Content.ReadAsStreamAsync());
            (await reader.ReadLineAsync().WithinBounds()).Should().Be("PROCESSING");
            (await reader.ReadLineAsync().WithinBounds()).Should().Be("PENDING");

            var ended = ReadToEndAsync(reader);
            var edited = TimeProvider.System.GetTimestamp();
            await gateway.BlockAsync("program1.exe");
            var (rest, at) = await ended.WithinBounds();

            rest.Should().Contain("DONE\r\nX-ResponseCode: 10\r\n");
            (await client.PingAsync()).Should().Be("10");
            (await client.TryConnectAsync()).Should().Be("0x4DF");
            var elapsed = TimeProvider.System.GetElapsedTime(edited, at);
            if (elapsed < TimeSpan.FromSeconds(1))
            {
                return;
            }

            tries.Should().BeGreaterThan(1, $"it took {elapsed}");
            await gateway.BlockAsync("");
        }

        static async Task<(string Text, long At)> ReadToEndAsync(StreamReader reader)
        {
            var text = await reader.ReadToEndAsync().ConfigureAwait(false);
            return (text, TimeProvider.System.GetTimestamp());
        }
    }

    [Fact]
    public async Task TwoThousandSessions_AreHeld_AndOneEditCutsThemAll()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var crowd = gateway.Client("--process", "program1.exe", "--count", "2000", "--reconnect", "1");
        await crowd.WaitForMailboxesAsync(2000);

        (await gateway.BlockAsync("program1.exe")).Should().Contain("2000 of 2000 sessions disconnected");

        await crowd.WaitForCountAsync("cut", 2000);
        await crowd.WaitForCountAsync("refused", 2000);
        await server.WaitForCountAsync("logged off", 2000);
    }

    [Fact]
    public async Task ACutByNtlm_EndsTheContextAtTheServer_OnTheConnectionThatMadeIt()
    {
        var store = new MapiServer(Ntlm.Authenticate);
        await using var server = await TestServer.StartAsync(store.AnswerAsync);
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var jane = new StoreClient(gateway.Url, "OUTLOOK.EXE");
        using var john = new StoreClient(gateway.Url, "program1.exe") { Mailbox = "johndoe" };
        (await jane.ConnectByNtlmAsync("janedow")).Should().Be("0x0");
        (await john.ConnectByNtlmAsync("johndoe")).Should().Be("0x0");
        store.Users.Should().BeEquivalentTo("janedow", "johndoe");

        await gateway.BlockAsync("program1.exe");

        await BoundedWait.UntilAsync(() => store.Users.Count() == 1);
        store.Users.Should().Equal("janedow");
        (await jane.PingAsync()).Should().Be("0");
        (await john.PingAsync()).Should().Be("10");
    }

    [Fact]
    public async Task ALogoff_EndsTheSessionOnBothSides()
    {
        var store = new MapiServer(static _ => "janedow");
        await using var server = await TestServer.StartAsync(store.AnswerAsync);
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var client = new StoreClient(gateway.Url, "OUTLOOK.EXE");
        await client.ConnectAsync();

        (await client.DisconnectAsync()).Should().Be("0");

        await store.UntilEmptyAsync();
        (await gateway.BlockAsync("outlook.exe")).Should().Contain("0 of 0 sessions");
    }

    [Fact]
    public async Task ASession_IsTakenOnByAnotherGatewayThatSharesTheKeys_AndByNoneThatDoesNot()
    {
        using var server = await StoreServer.StartAsync();
        using var first = await RunningGateway.StartAsync(server.Url);
        using var second = await RunningGateway.StartAsync(server.Url, "--Gateway:DataDirectory", first.DataFolder);
        using var stranger = await RunningGateway.StartAsync(server.Url);
        using var client = new StoreClient(first.Url, "OUTLOOK.EXE");
        (await client.ConnectAsync()).Should().Be("0");

        client.Url = second.Url;
        (await client.PingAsync()).Should().Be("0");

        client.Url = stranger.Url;
        (await client.PingAsync()).Should().Be("10");
    }
}
