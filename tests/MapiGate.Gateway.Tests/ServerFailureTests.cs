using System.Net;
using System.Net.Sockets;
using System.Text;
using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Gateway.Tests;

/// <summary>A server behind that does not do what it should.</summary>
public class ServerFailureTests
{
    [Fact]
    public async Task OneThatAcceptsAndNeverAnswers_Is503AfterTheActivityTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var gateway = await RunningGateway.StartAsync(Address(silent), "--Gateway:ActivityTimeout", "00:00:02", "--Gateway:ConnectTimeout", "00:00:01");
        using var client = new StoreClient(gateway.Url, "OUTLOOK.EXE");

        (await client.TryConnectAsync()).Should().Be("503");

        (await gateway.WaitForLineAsync("failed a request")).Should().Contain("RequestTimedOut");
        (await gateway.GetHealthAsync("/readyz")).Should().Match<(int Status, string Text)>(health => health.Status == 503 && health.Text.Contains("no answer in time"));
        (await gateway.BlockAsync("outlook.exe")).Should().Contain("0 of 0 sessions", "what the server has not granted is no session");
    }

    [Fact]
    public async Task OneThatResets_Is503()
    {
        using var resetting = new TcpListener(IPAddress.Loopback, 0);
        resetting.Start();
        var run = ResetAllAsync(resetting);
        using var gateway = await RunningGateway.StartAsync(Address(resetting));
        using var client = new StoreClient(gateway.Url, "OUTLOOK.EXE");

        (await client.TryConnectAsync()).Should().Be("503");

        await gateway.WaitForLineAsync("failed a request");
        gateway.Lines.Should().NotContain(line => line.Contains("   at ", StringComparison.Ordinal));
        resetting.Stop();
        await run.WithinBounds();
    }

    [Fact]
    public async Task OneThatAnswersRubbish_Is503()
    {
        using var rubbish = new TcpListener(IPAddress.Loopback, 0);
        rubbish.Start();
        var run = AnswerAllAsync(rubbish, "220 mail ESMTP\r\n");
        using var gateway = await RunningGateway.StartAsync(Address(rubbish));
        using var client = new StoreClient(gateway.Url, "OUTLOOK.EXE");

        (await client.TryConnectAsync()).Should().Be("503");

        rubbish.Stop();
        await run.WithinBounds();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneThatClosesInTheMiddleOfPending_BreaksThatAnswerAtOnce_AndTheSessionLives(bool byNtlm)
    {
        var store = new MapiServer(byNtlm ? Ntlm.Authenticate : static _ => "janedow") { AfterPending = static context => { context.Abort(); return Task.CompletedTask; } };
        await using var server = await TestServer.StartAsync(store.AnswerAsync);
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var client = new StoreClient(gateway.Url, "OUTLOOK.EXE");
        (await (byNtlm ? client.ConnectByNtlmAsync("janedow") : client.TryConnectAsync())).Should().Be("0x0");

        using var wait = await client.WaitAsync();
        var reading = async () => await wait.Content.ReadAsStringAsync().WithinBounds();

        // Torn, and not in a form that could pass for an answer.
        await reading.Should().ThrowAsync<HttpRequestException>();
        if (byNtlm)
        {
            // The connection that was authenticated is gone on both sides.
            await client.LogOnByNtlmAsync("janedow");
        }

        (await client.PingAsync()).Should().Be("0");
    }

    [Fact]
    public async Task OneThatClosesAnAuthenticatedConnection_ClosesItsClientsToo_AndNobodyElses()
    {
        var store = new MapiServer(Ntlm.Authenticate);
        await using var server = await TestServer.StartAsync(context => context.Request.Query.ContainsKey("close") ? CloseAsync(context) : store.AnswerAsync(context));
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var connection = await RawConnection.OpenAsync(gateway.Url);
        using var other = new StoreClient(gateway.Url, "OUTLOOK.EXE");
        (await other.ConnectByNtlmAsync("johndoe")).Should().Be("0x0");
        await connection.SendAsync($"GET /mapi/nspi?close HTTP/1.1\r\nHost: mail\r\nAuthorization: NTLM {NtlmMessage.Negotiate()}\r\n\r\n");

        // To its end: it is closed without being asked to.
        (await connection.ReadToEndAsync()).Should().StartWith("HTTP/1.1 401");

        (await other.PingAsync()).Should().Be("0");
    }

    [Fact]
    public async Task TheServersRestart_IsSeenByItsClientsAsTheServersOwn()
    {
        Uri behind;
        RunningGateway gateway;
        StoreClient client;
        using (var server = await StoreServer.StartAsync())
        {
            behind = server.Url;
            gateway = await RunningGateway.StartAsync(behind);
            client = new StoreClient(gateway.Url, "OUTLOOK.EXE");
            (await client.ConnectAsync()).Should().Be("0");
        }

        using (gateway)
        using (client)
        {
            (await client.PingAsync()).Should().Be("HTTP 503");
            using var again = await StoreServer.StartAsync(behind.Port);

            // The new one knows of no context, and says so itself; then the client connects as ever.
            (await client.PingAsync()).Should().Be("10");
            (await client.ConnectAsync()).Should().Be("0");
            (await client.PingAsync()).Should().Be("0");
            (await gateway.BlockAsync("outlook.exe")).Should().Contain("1 of 1 sessions disconnected");
        }
    }

    private static Uri Address(TcpListener listener) => new($"http://{listener.LocalEndpoint}");

    private static Task CloseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static Task ResetAllAsync(TcpListener listener) => ForAllAsync(listener, static socket =>
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return Task.CompletedTask;
    });

    private static Task AnswerAllAsync(TcpListener listener, string answer) => ForAllAsync(listener, async socket => await socket.SendAsync(Encoding.ASCII.GetBytes(answer)));

    private static async Task ForAllAsync(TcpListener listener, Func<Socket, Task> treat)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync();
                await treat(socket);
            }
        }
        catch (SocketException)
        {
            // The listener has stopped.
        }
    }
}
