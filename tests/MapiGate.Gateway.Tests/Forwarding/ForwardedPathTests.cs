using MapiGate.TestSupport;

namespace MapiGate.Gateway.Tests.Forwarding;

public class ForwardedPathTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("/mapi/emsmdb")]
    [InlineData("/MAPI/nspi/?MailboxId=1%202")]
    [InlineData("/mapi/emsmdb/?a=..%2f..")]
    [InlineData("/Autodiscover/Autodiscover.xml")]
    [InlineData("/EWS/Exchange.asmx")]
    [InlineData("/OAB/1f2e/oab.xml")]
    [InlineData("/owa/")]
    [InlineData("/Microsoft-Server-ActiveSync?Cmd=Sync")]
    public async Task AListedPath_ReachesTheServerAsItIs(string target)
    {
        (await GetAsync(target)).Should().StartWith("HTTP/1.1 200");

        fixture.Server.Received.Should().Contain(request => request.Target == target);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mapix")]
    [InlineData("/rpc/rpcproxy.dll?mail:6001")]
    [InlineData("/RpcWithCert/rpcproxy.dll")]
    [InlineData("/powershell")]
    [InlineData("/mapi/../rpc/rpcproxy.dll")]
    [InlineData("/mapi/%2e%2e/rpc/rpcproxy.dll")]
    [InlineData("/mapi/..%2frpc/rpcproxy.dll")]
    [InlineData("/mapi/..%5crpc/rpcproxy.dll")]
    [InlineData("/mapi/..\\rpc/rpcproxy.dll")]
    [InlineData("/mapi/%252e%252e/rpc/rpcproxy.dll")]
    [InlineData("/mapi/..;/rpc/rpcproxy.dll")]
    [InlineData("/mapi//../../rpc/rpcproxy.dll")]
    [InlineData("//rpc/rpcproxy.dll")]
    [InlineData("/mapi/.%00./rpc")]
    [InlineData("http://elsewhere/rpc/rpcproxy.dll")]
    public async Task AnyOther_IsRefused_AndNeverReachesTheServer(string target)
    {
        var answer = await GetAsync(target);

        answer.Should().MatchRegex("^HTTP/1.1 (400|404)");
        fixture.Server.Received.Should().NotContain(request => request.Target.Contains("rpc", StringComparison.OrdinalIgnoreCase) || request.Target == target);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    public async Task AMethodThatIsNoRequestForTheServer_IsRefused(string method)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        await connection.SendAsync($"{method} {(method == "CONNECT" ? "mail:443" : "/mapi/nspi")} HTTP/1.1\r\nHost: {(method == "CONNECT" ? "mail:443" : "mail")}\r\nConnection: close\r\n\r\n");

        (await connection.ReadToEndAsync()).Should().MatchRegex("^HTTP/1.1 (400|404|405)");
        fixture.Server.Received.Should().NotContain(request => request.Method == method);
    }

    private async Task<string> GetAsync(string target)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: {(target.StartsWith("http", StringComparison.Ordinal) ? "elsewhere" : "mail")}\r\nConnection: close\r\n\r\n");
        return await connection.ReadToEndAsync();
    }
}
