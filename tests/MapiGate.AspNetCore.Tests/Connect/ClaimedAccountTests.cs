using System.Net;
using System.Text;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Connect;

/// <summary>Accounts that requests claim, before a server that authenticates by itself.</summary>
public class ClaimedAccountTests
{
    [Fact]
    public async Task AClaim_IsTheSessionsAccount()
    {
        await using var host = await StartAsync();

        (await ConnectAsync(host, "program2.exe", "jane")).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);

        host.Gatekeeper.Preview(GateHost.Blocking("program2.exe")).ByProgram.Should().ContainSingle();
        host.Gatekeeper.Apply(Exempting("program2.exe", "jane")).Disconnected.Should().Be(0);
        host.Gatekeeper.Apply(Exempting("program2.exe", "john")).Disconnected.Should().Be(1);
    }

    [Fact]
    public async Task WhoIsExemptByUser_IsChallengedFirst_AndLetInThen()
    {
        await using var host = await StartAsync();
        host.Gatekeeper.Apply(Exempting("program1.exe", "jane"));

        (await ConnectAsync(host, "program1.exe", user: null)).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await ConnectAsync(host, "program1.exe", "jane")).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);
        (await ConnectAsync(host, "program1.exe", "john")).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
    }

    [Fact]
    public async Task WhoMayBeExempt_AndComesToAServerThatDoesNotChallenge_IsRefused()
    {
        await using var host = await StartAsync(challenges: false);
        host.Gatekeeper.Apply(Exempting("program1.exe", "jane"));

        (await ConnectAsync(host, "program1.exe", user: null)).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
    }

    [Fact]
    public async Task AClaimThatTheServerDoesNotAccept_LeavesNoSession()
    {
        await using var host = await StartAsync();

        (await ConnectAsync(host, "OUTLOOK.EXE", "nobody")).Status.Should().Be(HttpStatusCode.Unauthorized);

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Fact]
    public async Task AHostWhoseAccountOfThrows_FailsThatRequest_AndNoOther()
    {
        var fails = true;
        await using var host = await GateHost.StartAsync(configure: options => options.AccountOf = _ => fails ? throw new InvalidOperationException("host bug") : "jane");
        var client = host.NewClient();

        (await client.ConnectAsync()).Status.Should().Be(HttpStatusCode.InternalServerError);
        host.Gatekeeper.Sessions.Count.Should().Be(0);
        host.Server.Received.Should().BeEmpty();

        fails = false;
        await client.ConnectAsync();
        fails = true;
        (await client.SendAsync(client.WaitRequest())).Status.Should().Be(HttpStatusCode.InternalServerError);
        (await client.ExecuteAsync()).Code.Should().Be(0);
        host.Block("OUTLOOK.EXE").Disconnected.Should().Be(1);
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    private static IConnectionPolicy Exempting(string process, string user)
    {
        var options = new MapiGateOptions { DisableMapiClientProcesses = process };
        options.Exemptions["test"] = new ExemptionOptions { Process = process, User = user, Reason = "test" };
        return ConnectionPolicy.FromOptions(options);
    }

    private static Task<GateHost> StartAsync(bool challenges = true) => GateHost.StartAsync(
        configure: options => options.AccountOf = UserOf,
        behindGate: server => context =>
        {
            if (challenges && UserOf(context) is null or "nobody")
            {
                context.Response.StatusCode = 401;
                context.Response.Headers.WWWAuthenticate = "Basic";
                return Task.CompletedTask;
            }

            return server.InvokeAsync(context);
        });

    private static string? UserOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { Length: > 6 } basic
            ? Encoding.UTF8.GetString(Convert.FromBase64String(basic[6..])).Split(':')[0]
            : null;

    private static Task<MapiTestAnswer> ConnectAsync(GateHost host, string process, string? user)
    {
        var client = host.NewClient(process);
        var request = client.NewRequest("Connect", new ByteArrayContent(client.ConnectBody()));
        if (user is not null)
        {
            request.Headers.Add("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:secret"))}");
        }

        return client.SendAsync(request);
    }
}
