using System.Security.Claims;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Contexts;

public class ReleaseTests
{
    [Fact]
    public async Task Disconnect_Accepted_ReleasesTheSession()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();

        (await client.DisconnectAsync()).Code.Should().Be(0);

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task Disconnect_RefusedByTheServer_LeavesTheSession()
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Disconnect = context =>
        {
            Answers.WriteHead(context, code: 15);
            return Task.CompletedTask;
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        (await client.DisconnectAsync()).Code.Should().Be(15);

        (await client.ExecuteAsync()).Code.Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ServersOwnCode10_ReleasesTheSession(bool withBody)
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Execute = context =>
        {
            Answers.WriteHead(context, code: 10);
            return withBody ? context.Response.WriteAsync("<html>expired</html>") : Task.CompletedTask;
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        (await client.ExecuteAsync()).Text.Should().Be(withBody ? "<html>expired</html>" : "");

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Fact]
    public async Task ServersCode10AtTheEndOfALongPoll_ReleasesTheSession()
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await Answers.WriteTagsAsync(context, "DONE\r\nX-ResponseCode: 10\r\n\r\n");
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        (await client.SendAsync(client.WaitRequest())).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Fact]
    public async Task AStrangerWhoShowsTheCookie_DoesNotEndTheOwnersSession()
    {
        await using var host = await GateHost.StartAsync(beforeGate: app => app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, context.Request.Headers["X-User"].ToString())], "test"));
            return next(context);
        }));
        host.Server.Execute = context =>
        {
            // As MS-OXCMAPIHTTP has it, a context belongs to the user who made it.
            Answers.WriteHead(context, code: context.User.Identity!.Name == "janedow" ? 0 : 10);
            return Task.CompletedTask;
        };
        var owner = host.NewClient();
        owner.User = "janedow";
        await owner.ConnectAsync();
        var stranger = host.NewClient();
        stranger.User = "johndoe";
        stranger.Cookies = owner.Cookies;

        (await stranger.ExecuteAsync()).Code.Should().Be(10);

        (await owner.ExecuteAsync()).Code.Should().Be(0);
        host.Gatekeeper.Sessions.Count.Should().Be(1);
    }

    [Fact]
    public async Task Disconnect_WhileRequestsArePending_EndsTheWaitInFormAndLeavesTheRestToTheServer()
    {
        await using var host = await GateHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            await release.Task;
            await Answers.WriteAsync(context, Answers.ExecuteBody);
        };
        var client = host.NewClient();
        await client.ConnectAsync();
        using var wait = await client.StartAsync(client.WaitRequest());
        var executing = client.ExecuteAsync();
        await BoundedWait.UntilAsync(() => host.Server.Received.Count == 3);

        await client.DisconnectAsync();

        (await MapiTestAnswer.ReadAsync(wait)).Text.Should().StartWith("PROCESSING\r\nDONE\r\nX-ResponseCode: 10\r\n");
        (await client.ExecuteAsync()).Code.Should().Be(10);
        release.SetResult();
        (await executing.WithinBounds()).Code.Should().Be(0);
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
    }

    [Fact]
    public async Task OldCookieOnConnect_WhenLetIn_ReleasesTheOldSession()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();
        var old = client.Cookies;

        (await client.ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 1);
        (await client.ExecuteAsync()).Code.Should().Be(0);
        client.Cookies = old;
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task OldCookieOnConnect_WhenTheServerRefuses_KeepsTheOldSession()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();
        host.Server.Connect = context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };

        await client.ConnectAsync();

        (await client.ExecuteAsync()).Code.Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OldCookie_GivenAgainByTheServer_NamesTheNewSession(bool presented)
    {
        await using var host = await GateHost.StartAsync();
        host.Server.CookieName = "sid";
        host.Server.Connect = context => host.Server.ConnectAsync(context, "always-the-same");
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        var first = host.Gatekeeper.Sessions.Single();

        client.ProcessName = "OUTLOOK.EXE";
        client.Cookies = presented ? client.Cookies : [];
        await client.ConnectAsync();

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 1);
        host.Gatekeeper.Sessions.Should().NotContain(first);
        host.Block("program1.exe").Disconnected.Should().Be(0);
        (await client.ExecuteAsync()).Code.Should().Be(0);
    }
}
