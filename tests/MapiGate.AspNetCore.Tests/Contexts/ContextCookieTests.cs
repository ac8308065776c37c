using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Contexts;

public class ContextCookieTests
{
    [Fact]
    public async Task CutSession_ItsCookie_GetsCode10()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        (await client.ExecuteAsync()).Code.Should().Be(0);

        var receipt = host.Block("program1.exe");
        var answer = await client.ExecuteAsync();

        answer.Status.Should().Be(System.Net.HttpStatusCode.OK);
        answer.Code.Should().Be(10);
        answer.ContentType.Should().Be("text/html");
        answer.Headers["X-RequestId"].Should().Equal(MapiTestClient.RequestId);
        await receipt.Completion.WithinBounds();
        host.Server.Received.Should().Equal("Connect", "Execute");
        (await client.ConnectAsync()).Connected.ErrorCode.Should().Be(Protocol.MapiErrorCode.ClientVersionDisallowed);
    }

    [Fact]
    public async Task CookieThatNeverCameThroughThisGate_GetsCode10()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();
        client.Cookies = ["MapiContext=from-before-a-restart", "MapiSequence=7"];

        (await client.ExecuteAsync()).Code.Should().Be(10);

        host.Server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task NoContextCookie_IsTheServersToAnswer()
    {
        await using var host = await GateHost.StartAsync();
        host.Server.Execute = context =>
        {
            Answers.WriteHead(context, code: 13);
            return context.Response.WriteAsync("<html>");
        };
        var client = host.NewClient();
        client.Cookies = ["MapiSequence=7", "NotMapiContext=1", "X=MapiContext"];

        (await client.ExecuteAsync()).Code.Should().Be(13);
    }

    [Theory]
    [InlineData("MapiContext={0}; MapiContext={1}")]
    [InlineData("MapiContext={1}; MapiContext={0}")]
    [InlineData("MapiContext={1}\r\nCookie: MapiContext={0}")]
    [InlineData("MapiContext={1}; mapicontext={0}")]
    [InlineData("MapiContext={1}; sid={0}")]
    [InlineData("MapiContext={1},MapiContext={0}")]
    [InlineData("x=1, MapiContext={0}; MapiContext={1}")]
    [InlineData("MapiContext={1};\tMapiContext = {0}")]
    [InlineData("MapiContext=\"{1}\"")]
    [InlineData("MapiContext=%63ontext-2; x={0}")]
    [InlineData("MapiContext={1}; MapiContext=")]
    [InlineData("MapiContext=")]
    public async Task CutCookie_HiddenBesideALiveOne_GetsCode10(string cookies)
    {
        await using var host = await GateHost.StartAsync();
        var cut = host.NewClient("program1.exe");
        var live = host.NewClient("OUTLOOK.EXE");
        await cut.ConnectAsync();
        await live.ConnectAsync();
        await host.Block("program1.exe").Completion.WithinBounds();

        var header = string.Format(null, cookies, "context-1", "context-2");
        var answer = await RawHttp.SendAsync(host.Address, [0], "X-RequestType: Execute", $"Cookie: {header}");

        answer.Should().Contain("X-ResponseCode: 10");
        host.Server.Received.Should().NotContain("Execute");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("é")]
    public async Task AValueThatNoServerCouldHaveSet_GetsCode6(string value)
    {
        await using var host = await GateHost.StartAsync();

        var answer = await RawHttp.SendAsync(host.Address, [0], "X-RequestType: Execute", $"Cookie: MapiContext={value}; MapiSequence=1");

        answer.Should().Contain("X-ResponseCode: 6");
        host.Server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task CookiesOfTwoLiveSessions_GetCode10()
    {
        await using var host = await GateHost.StartAsync();
        var one = host.NewClient();
        var other = host.NewClient();
        await one.ConnectAsync();
        await other.ConnectAsync();

        other.Cookies = [.. other.Cookies, .. one.Cookies];

        (await other.ExecuteAsync()).Code.Should().Be(10);
        (await one.ExecuteAsync()).Code.Should().Be(0);
    }

    [Theory]
    [InlineData("MapiContext={0}")]
    [InlineData("MapiContext={0}; MapiContext={0}")]
    [InlineData("  x=a,b ;MapiContext={0} ; y")]
    [InlineData("MAPICONTEXT={0}")]
    public async Task LiveCookie_HoweverItIsWritten_ReachesTheServer(string cookies)
    {
        await using var host = await GateHost.StartAsync();
        await host.NewClient().ConnectAsync();

        var answer = await RawHttp.SendAsync(host.Address, [], "X-RequestType: Execute", $"Cookie: {string.Format(null, cookies, "context-1")}");

        answer.Should().Contain("X-ResponseCode: 0");
        host.Server.Received.Should().Equal("Connect", "Execute");
    }

    [Fact]
    public async Task CookieThatTheServerChangesUnderWay_IsFollowed()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        var turn = 0;
        host.Server.Execute = context =>
        {
            context.Response.Headers.SetCookie = $"MapiContext=turn-{++turn}; path=/";
            return Answers.WriteAsync(context, Answers.ExecuteBody);
        };

        for (var i = 1; i <= 3; i++)
        {
            (await client.ExecuteAsync()).Code.Should().Be(0);
            client.Cookies = [$"MapiContext=turn-{i}"];
        }

        // The one before still works, for requests that crossed; the one before that is forgotten.
        client.Cookies = ["MapiContext=turn-2"];
        (await client.ExecuteAsync()).Code.Should().Be(0);
        client.Cookies = ["MapiContext=turn-1"];
        (await client.ExecuteAsync()).Code.Should().Be(10);

        await host.Block("program1.exe").Completion.WithinBounds();
        foreach (var cookie in (string[])["context-1", "turn-1", "turn-2", "turn-3", "turn-4"])
        {
            client.Cookies = [$"MapiContext={cookie}"];
            (await client.ExecuteAsync()).Code.Should().Be(10);
        }
    }
}
