using MapiGate.Gateway.Tests.Forwarding;
using MapiGate.TestSupport;

namespace MapiGate.Gateway.Tests.Credentials;

public class AuthorizationTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task TwoAuthorizationHeaders_Are400_AndReachNobody()
    {
        (await SendAsync("/mapi/nspi/two", "Basic amFuZWRvdzpkZW1v", "NTLM TlRMTVNTUAABAAAA")).Should().StartWith("HTTP/1.1 400");

        fixture.Server.Received.Should().NotContain(request => request.Target == "/mapi/nspi/two");
    }

    [Fact]
    public async Task OneHeaderWithTwoCredentials_CountsAsOneThatAuthenticatesItsConnection()
    {
        // The pool's connection is the one that a plain request takes afterwards.
        await SendAsync("/mapi/nspi/comma", "Basic amFuZWRvdzpkZW1v, NTLM TlRMTVNTUAABAAAA");
        await SendAsync("/mapi/nspi/plain");

        Connection("/mapi/nspi/comma").Should().NotBe(Connection("/mapi/nspi/plain"));
    }

    [Theory]
    [InlineData("basic", "Basic amFuZWRvdzpkZW1v")]
    [InlineData("bearer", "bearer eyJhbGciOiJub25lIn0.e30.")]
    public async Task BasicAndBearer_ShareThePool(string target, string credential)
    {
        await SendAsync($"/mapi/nspi/{target}", credential);
        await SendAsync($"/mapi/nspi/{target}-plain");

        Connection($"/mapi/nspi/{target}").Should().Be(Connection($"/mapi/nspi/{target}-plain"));
    }

    [Theory]
    [InlineData("ntlm", "NTLM TlRMTVNTUAABAAAA")]
    [InlineData("negotiate", "Negotiate YIIB")]
    [InlineData("digest", "Digest username=\"jane\"")]
    [InlineData("unknown", "Something")]
    [InlineData("empty", "Basic")]
    [InlineData("odd", "Basic amFu ZWRvdzpkZW1v")]
    public async Task AnythingElse_HasAConnectionOfItsOwn(string target, string credential)
    {
        await SendAsync($"/mapi/nspi/{target}", credential);
        await SendAsync($"/mapi/nspi/{target}-plain");

        Connection($"/mapi/nspi/{target}").Should().NotBe(Connection($"/mapi/nspi/{target}-plain"));
    }

    private string Connection(string target) => fixture.Server.Received.Single(request => request.Target == target).ConnectionId;

    private async Task<string> SendAsync(string target, params string[] credentials)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Gateway.Url);
        var headers = string.Concat(credentials.Select(credential => $"Authorization: {credential}\r\n"));
        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: mail\r\n{headers}Connection: close\r\n\r\n");
        return await connection.ReadToEndAsync();
    }
}
