using System.Text;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.Gateway.Tests.Attacks;

/// <summary>Requests that the gateway and the server behind could read differently: what the gateway has not judged never arrives.</summary>
public class SmugglingTests(AttackFixture fixture) : IClassFixture<AttackFixture>
{
    private const string Smuggled = "GET /rpc/smuggled HTTP/1.1\r\nHost: mail\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Content-Length: 100\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity, chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\nContent-Length: 0", "")]
    [InlineData("Transfer-Encoding : chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\tchunked", "0\r\n\r\n")]
    [InlineData("X: 1\r\n Transfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("X: 1\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 46", "")]
    [InlineData("Content-Length: 0, 46", "")]
    [InlineData("Content-Length: +0", "")]
    [InlineData("Content-Length: 0x0", "")]
    [InlineData("Content-Length: -1", "")]
    [InlineData("Transfer-Encoding: chunked", "0\n\n")]
    [InlineData("Transfer-Encoding: chunked", "0;a=\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "00000000000000000\r\n\r\n")]
    [InlineData("Expect: 100-continue\r\nContent-Length: 0", "")]
    [InlineData("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nContent-Length: 0", "")]
    [InlineData("Connection: Content-Length\r\nContent-Length: 0", "")]
    public async Task AFramingThatTwoCouldReadDifferently_BringsNothingPastTheGateway(string framing, string body)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        await connection.SendAsync($"POST /mapi/nspi HTTP/1.1\r\nHost: mail\r\n{framing}\r\n\r\n{body}{Smuggled}{Smuggled}GET /mapi/nspi HTTP/1.1\r\nHost: mail\r\nConnection: close\r\n\r\n");

        // Whatever the answers are, they come to an end.
        await connection.ReadToEndAsync();

        fixture.Server.Received.Should().NotContain(request => request.Target.Contains("smuggled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/mapi/emsmdb")]
    [InlineData("/MAPI/EMSMDB/?MailboxId=1")]
    [InlineData("//mapi//emsmdb/")]
    [InlineData("/mapi/%65msmdb/")]
    [InlineData("/mapi/emsmdb/x")]
    [InlineData("/mapi/nspi/../emsmdb/")]
    [InlineData("/mapi/./emsmdb/")]
    [InlineData("/mapi\\emsmdb\\")]
    [InlineData("/mapi/emsmdb%5c")]
    [InlineData("/mapi%2femsmdb")]
    [InlineData("/mapi/nspi/..%2femsmdb/")]
    [InlineData("/mapi/%2565msmdb/")]
    [InlineData("/mapi/;/emsmdb/")]
    [InlineData("http://elsewhere/mapi/emsmdb/")]
    public async Task ABlockedProgram_GetsNoSession_ByNoSpellingOfThePath(string target)
    {
        var before = fixture.Store.Users.Count();

        (await ConnectAsync(target)).Should().MatchRegex("(^HTTP/1.1 40[04])|\u00DF\u0004");

        fixture.Store.Users.Should().HaveCount(before);
    }

    [Theory]
    [InlineData("X-RequestType: Connect\r\nX-RequestType: Ping")]
    [InlineData("X-RequestType: Ping\r\nX-RequestType: Connect")]
    [InlineData("X-RequestType: connect")]
    [InlineData("X-RequestType:  Connect ")]
    [InlineData("X-RequestType: Connect\r\nX-HTTP-Method-Override: GET")]
    [InlineData("X-RequestType: Connect\r\nX-Original-URL: /mapi/nspi")]
    [InlineData("X-RequestType: Connect\r\nHost: other")]
    public async Task ABlockedProgram_GetsNoSession_ByNoHeaderTwice(string headers)
    {
        var before = fixture.Store.Users.Count();

        await ConnectAsync("/mapi/emsmdb/", headers);

        fixture.Store.Users.Should().HaveCount(before);
    }

    private async Task<string> ConnectAsync(string target, string type = "X-RequestType: Connect")
    {
        var body = new ConnectRequest { UserDn = "/cn=janedow", AuxiliaryBuffer = AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = ["program1.exe"] }) }.ToArray();
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        var host = target.StartsWith("http", StringComparison.Ordinal) ? "elsewhere" : "mail";
        var head = $"POST {target} HTTP/1.1\r\nHost: {host}\r\n{type}\r\nX-RequestId: 1\r\nContent-Type: application/mapi-http\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        await connection.SendAsync([.. Encoding.UTF8.GetBytes(head), .. body]);
        return await connection.ReadToEndAsync();
    }
}
