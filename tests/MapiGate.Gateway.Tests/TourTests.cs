using MapiGate.Gateway.Tests.Processes;

namespace MapiGate.Gateway.Tests;

/// <summary>The sample host behind, the gateway, and sample clients in front, each in a process of its own.</summary>
public class TourTests
{
    [Fact]
    public async Task AProgramPutOnTheList_IsCutAndRefused_ItsContextEndsAtTheServer_AndTakenOffItComesBack()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var outlook = gateway.Client("--process", "OUTLOOK.EXE", "--count", "20");
        using var blocked = gateway.Client("--process", "program1.exe", "--user", "johndoe");
        await outlook.WaitForMailboxesAsync(20);
        await blocked.WaitForAsync("mailboxOpen");

        var changed = await gateway.BlockAsync("program1.exe");

        (await blocked.WaitForAsync("cut")).Code.Should().Be("X-ResponseCode 10");
        (await blocked.WaitForAsync("refused")).Code.Should().Be("0x4DF");
        (await blocked.WaitForExitAsync()).Should().Be(1);
        changed.Should().Contain("1 of 21 sessions disconnected");
        outlook.Events.Should().OnlyContain(line => line.Event == "connected" || line.Event == "mailboxOpen");
        await server.WaitForLineAsync("logged off");

        await gateway.BlockAsync("");
        using var again = gateway.Client("--process", "program1.exe", "--user", "johndoe");
        await again.WaitForAsync("mailboxOpen");
    }

    [Fact]
    public async Task AWrongPassword_GetsTheServers401_AndNoSession()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var client = gateway.Client("--process", "OUTLOOK.EXE", "--password", "wrong");

        (await client.WaitForExitAsync()).Should().Be(3);
        (await gateway.BlockAsync("outlook.exe")).Should().Contain("0 of 0 sessions disconnected");
    }

    [Fact]
    public async Task AServerThatIsKilled_Is503WithRetryAfter_AndItsReturnIsSeen()
    {
        using var http = new HttpClient();
        Uri behind;
        RunningGateway gateway;
        using (var server = await StoreServer.StartAsync())
        {
            behind = server.Url;
            gateway = await RunningGateway.StartAsync(behind);
            (await gateway.GetHealthAsync("/readyz")).Status.Should().Be(200);
        }

        using (gateway)
        {
            using var answer = await http.GetAsync(new Uri(gateway.Url, "/mapi/emsmdb"));
            ((int)answer.StatusCode).Should().Be(503);
            answer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(10));
            (await answer.Content.ReadAsStringAsync()).Should().NotContain("   at ");
            await gateway.WaitForLineAsync("refused");
            (await gateway.GetHealthAsync("/readyz")).Status.Should().Be(503);
            (await gateway.GetHealthAsync("/healthz")).Status.Should().Be(200);

            using var again = await StoreServer.StartAsync(behind.Port);
            using var client = gateway.Client("--process", "OUTLOOK.EXE");
            await client.WaitForAsync("mailboxOpen");
        }
    }

    [Fact]
    public async Task APolicyThatCannotBeRead_IsDegraded_AndStill200()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url);

        gateway.BreakPolicy();
        await gateway.WaitForLineAsync("Policy rejected");

        var (status, text) = await gateway.GetHealthAsync("/healthz");
        status.Should().Be(200);
        text.Should().StartWith("Degraded");
    }
}
