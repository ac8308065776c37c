using MapiGate.Gateway.Tests.Fakes;
using MapiGate.TestSupport;

namespace MapiGate.Gateway.Tests.Forwarding;

public class ForwardedRequestTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task TheServerSees_TheOriginalHost_AndWhereTheRequestCameFrom_WhateverTheClientSays()
    {
        var received = await SendAsync(
            "/mapi/nspi/host", "Host: mail.example.com", "X-Forwarded-For: 10.9.9.9", "X-Forwarded-Host: evil", "X-Forwarded-Proto: https",
            "X-Forwarded-Port: 1", "X-Real-IP: 10.9.9.9", "X-Original-For: 10.9.9.9", "Forwarded: for=10.9.9.9");

        received["Host"].Should().Be("mail.example.com");
        received["X-Forwarded-For"].Should().Be("127.0.0.1");
        received["X-Forwarded-Host"].Should().Be("mail.example.com");
        received["X-Forwarded-Proto"].Should().Be("http");
        received.Headers.Keys.Should().NotContain(["X-Forwarded-Port", "X-Real-IP", "X-Original-For", "Forwarded"]);
    }

    [Fact]
    public async Task Cookies_ThatAreNotTheServers_StayHere()
    {
        var received = await SendAsync(
            "/mapi/nspi/cookies", "Host: mail", "Cookie: AWSALB=1; MapiContext=abc; AWSALBCORS=2; sid=def; SERVERID=a", "Cookie: MapiSequence=7; BIGipServerPool=1.2");

        received["Cookie"].Should().Be("MapiContext=abc; sid=def; MapiSequence=7");
    }

    [Fact]
    public async Task Cookies_ThatAreAllSomebodyElses_LeaveNoHeader()
    {
        var received = await SendAsync("/mapi/nspi/nocookies", "Host: mail", "Cookie: AWSALB=1");

        received.Headers.Keys.Should().NotContain("Cookie");
    }

    [Fact]
    public async Task ABody_KeepsItsContentLength_AndExpectIsAnsweredHere()
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        await connection.SendAsync("POST /mapi/nspi/expect HTTP/1.1\r\nHost: mail\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        (await connection.ReadUntilAsync("\r\n\r\n")).Should().StartWith("HTTP/1.1 100");
        await connection.SendAsync("hello");

        (await connection.ReadToEndAsync()).Should().StartWith("HTTP/1.1 200");
        var received = fixture.Server.Received.Single(request => request.Target == "/mapi/nspi/expect");
        received["Content-Length"].Should().Be("5");
        received.Headers.Keys.Should().NotContain(["Expect", "Transfer-Encoding"]);
    }

    [Fact]
    public async Task AnUpgrade_IsForwardedAsAPlainRequest()
    {
        var received = await SendAsync("/mapi/nspi/upgrade", "Host: mail", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==");

        received.Headers.Keys.Should().NotContain("Upgrade");
    }

    [Fact]
    public async Task AHeadOfSixtyKilobytes_Passes_AsALargeKerberosTicketNeeds()
    {
        var ticket = new string('A', 60_000);

        (await SendAsync("/mapi/nspi/ticket", "Host: mail", $"Authorization: Negotiate {ticket}"))["Authorization"].Should().EndWith(ticket);
    }

    [Fact]
    public async Task RequestsThatGoWell_LeaveNoLineInTheLog()
    {
        // What the gateway said at its start may still be on its way.
        var before = fixture.Gateway.Lines.Count;
        await RefuseAsync("/before");
        await fixture.Gateway.WaitForLineAsync("got 404", before);
        before = fixture.Gateway.Lines.Count;
        await SendAsync("/mapi/nspi/quiet", "Host: mail");
        await SendAsync("/mapi/nspi/quieter", "Host: mail");

        // The next line is of the request that is refused.
        await RefuseAsync("/elsewhere");
        (await fixture.Gateway.WaitForLineAsync(_ => true, before)).Should().Contain("got 404");
    }

    private async Task RefuseAsync(string target)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: mail\r\nConnection: close\r\n\r\n");
        (await connection.ReadUntilAsync("\r\n")).Should().StartWith("HTTP/1.1 404");
    }

    private async Task<ReceivedRequest> SendAsync(string target, params string[] headers)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        var closes = headers.Any(header => header.StartsWith("Connection", StringComparison.Ordinal));
        await connection.SendAsync($"GET {target} HTTP/1.1\r\n{string.Join("\r\n", headers)}\r\n{(closes ? "" : "Connection: close\r\n")}\r\n");
        (await connection.ReadUntilAsync("\r\n")).Should().StartWith("HTTP/1.1 200");
        return fixture.Server.Received.Single(request => request.Target == target);
    }
}
