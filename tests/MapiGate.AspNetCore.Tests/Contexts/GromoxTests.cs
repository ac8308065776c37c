using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Contexts;

/// <summary>What was seen of gromox, which has ways of its own.</summary>
public class GromoxTests
{
    [Fact]
    public async Task Code2OnAKnownContext_MeansThatItIsGone()
    {
        await using var host = await StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();
        host.Server.Execute = context => FailAsync(context, 2);

        (await client.ExecuteAsync()).Code.Should().Be(2);

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task AStrangersFailures_DoNotKeepASessionAlive()
    {
        // A client without a user counts as another than the one who logged on.
        await using var host = await GateHost.StartAsync(configure: options => options.AccountOf = context => context.Request.Headers["X-User"]);
        var owner = host.NewClient();
        owner.User = "jane";
        await owner.ConnectAsync();
        var stranger = host.NewClient();
        stranger.User = "john";
        stranger.Cookies = owner.Cookies;
        host.Server.Execute = context => FailAsync(context, 2);

        for (var i = 0; i < 5; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(4));
            (await stranger.ExecuteAsync()).Code.Should().Be(i < 3 ? 2 : 10, "sixteen idle minutes are the end");
        }

        host.Gatekeeper.Sessions.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AConnectWhoseBodyBearsAnError_IsNoSuccess_WhateverCookieComesWithIt(bool withOldCookies)
    {
        await using var host = await StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();
        var old = client.Cookies;
        host.Server.Connect = context =>
        {
            context.Response.Headers.SetCookie = "sid=the-same";
            return Answers.WriteAsync(context, ConnectResponse.Refused(MapiErrorCode.UnknownUser).ToArray());
        };
        client.Cookies = withOldCookies ? old : [];
        client.ProcessName = "second.exe";

        (await client.ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.UnknownUser);

        // The old context lives on under its cookie, and the session that was let in for the new one is gone.
        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 1);
        client.Cookies = old;
        (await client.ExecuteAsync()).Code.Should().Be(0);
        host.Block("second.exe").Disconnected.Should().Be(0);
    }

    [Fact]
    public async Task AConnectThatFailsBehindDone_IsNoSuccess()
    {
        await using var host = await StartAsync();
        host.Server.Connect = async context =>
        {
            context.Response.Headers.SetCookie = "sid=the-same";
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await Answers.WriteTagsAsync(context, "DONE\r\nX-ResponseCode: 8\r\n\r\n");
        };
        var client = host.NewClient();

        await client.ConnectAsync();

        await BoundedWait.UntilAsync(() => host.Gatekeeper.Sessions.Count == 0);
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task AConnectWhoseBodyComesByteByByte_SucceedsWithItsEighth()
    {
        await using var host = await StartAsync();
        host.Server.Connect = async context =>
        {
            context.Response.Headers.SetCookie = "sid=the-same";
            Answers.WriteHead(context);
            byte[] answer = [.. "PROCESSING\r\nPENDINGPENDINGDONE\r\nX-ElapsedTime: 1\r\nX-ResponseCode: 0\r\n\r\n"u8, .. new ConnectResponse().ToArray()];
            foreach (var next in answer)
            {
                await context.Response.Body.WriteAsync(new[] { next });
            }
        };
        var client = host.NewClient();

        await client.ConnectAsync();

        (await client.ExecuteAsync()).Code.Should().Be(0);
    }

    [Fact]
    public async Task DeadCookies_DoNotReachTheServerWithAConnectThatIsLetIn()
    {
        await using var host = await StartAsync();
        var seen = new List<string>();
        host.Server.Connect = context =>
        {
            seen.Add(context.Request.Headers.Cookie.ToString());
            return host.Server.ConnectAsync(context, "the-same");
        };
        var client = host.NewClient();
        client.Cookies = ["affinity=7", "sid=dead", "sequence=3"];

        await client.ConnectAsync();
        client.Cookies = ["affinity=7", "sid=the-same", "sequence=4"];
        await client.ConnectAsync();

        seen.Should().Equal("affinity=7", "affinity=7; sid=the-same; sequence=4");
    }

    [Fact]
    public async Task AWaitThatOutlivesItsContextsReplacement_IsEnded()
    {
        await using var host = await StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();
        using var wait = await client.StartAsync(client.WaitRequest());

        await client.ConnectAsync();

        (await MapiTestAnswer.ReadAsync(wait)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
        (await client.ExecuteAsync()).Code.Should().Be(0);
    }

    private static async Task<GateHost> StartAsync()
    {
        var host = await GateHost.StartAsync();
        host.Server.CookieName = "sid";
        host.Server.Connect = context => host.Server.ConnectAsync(context, "the-same");
        return host;
    }

    private static Task FailAsync(HttpContext context, int code)
    {
        Answers.WriteHead(context, code);
        return context.Response.WriteAsync("<html>");
    }
}
