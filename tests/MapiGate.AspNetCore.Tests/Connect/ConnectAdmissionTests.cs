using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Claims;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Connect;

public class ConnectAdmissionTests
{
    [Fact]
    public async Task Connect_AllowedProcess_ReachesTheServerWithItsBodyAndItsSession()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        var seen = new ConcurrentQueue<(byte[] Body, MapiSession? Session)>();
        host.Server.Connect = async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            seen.Enqueue((body.ToArray(), context.Features.Get<IMapiSessionFeature>()?.Session));
            await host.Server.ConnectAsync(context);
        };
        var client = host.NewClient();

        var answer = await client.ConnectAsync();

        answer.Connected.DisplayName.Should().Be("Jane Dow");
        answer.SetCookies.Should().HaveCount(2);
        var (body, session) = seen.Should().ContainSingle().Subject;
        body.Should().Equal(client.ConnectBody());
        session!.Client.ProcessNames.Should().Equal("OUTLOOK.EXE");
        session.Client.Version.Should().Be(new Version(16, 0, 15928, 20006));
        session.Client.UserDn.Should().Be(client.UserDn);
        session.Client.UserName.Should().BeNull();
        session.Client.RemoteAddress.Should().Be(IPAddress.Loopback);
        host.Gatekeeper.Sessions.Count.Should().Be(1);
    }

    [Fact]
    public async Task Connect_AuthenticatedUser_IsKnownToTheSession()
    {
        await using var host = await GateHost.StartAsync(beforeGate: app => app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, @"CONTOSO\jane")], "test"));
            return next(context);
        }));

        await host.NewClient().ConnectAsync();

        host.Gatekeeper.Sessions.Should().ContainSingle().Which.Client.UserName.Should().Be(@"CONTOSO\jane");
    }

    [Fact]
    public async Task Connect_ChunkedBody_IsJudgedAndReachesTheServerWhole()
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        var received = new MemoryStream();
        host.Server.Connect = async context =>
        {
            // The other way of reading a body.
            var read = await context.Request.BodyReader.ReadAtLeastAsync(1 << 16);
            received.Write(read.Buffer.FirstSpan);
            await host.Server.ConnectAsync(context);
        };
        var client = host.NewClient();

        (await client.ConnectAsync(new OneByteAtATime(client.ConnectBody()))).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);
        received.ToArray().Should().Equal(client.ConnectBody());

        client.ProcessName = "program1.exe";
        (await client.ConnectAsync(new OneByteAtATime(client.ConnectBody()))).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
    }

    [Fact]
    public async Task Connect_AnsweredInGzip_IsTakenAtItsHeadsWord()
    {
        await using var host = await GateHost.StartAsync(behindGate: server => async context =>
        {
            var client = context.Response.Body;
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(client, CompressionLevel.Fastest);
            context.Response.Body = gzip;
            await server.InvokeAsync(context);
        });
        var client = host.NewClient("program1.exe");

        (await client.ConnectAsync()).Headers["Content-Encoding"].Should().Equal("gzip");

        (await client.ExecuteAsync()).Code.Should().Be(0);
        host.Block("program1.exe").Disconnected.Should().Be(1);
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(60)]
    public async Task Connect_TruncatedBody_GetsCode12(int length)
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();

        var answer = await client.ConnectAsync(new ByteArrayContent(client.ConnectBody()[..length]));

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Code.Should().Be(12);
        answer.ContentType.Should().Be("text/html");
        host.Server.Received.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_LongerThanTheLimit_GetsCode9(bool chunked)
    {
        await using var host = await GateHost.StartAsync();
        var body = new byte[(16 * 1024) + 1];

        var answer = await host.NewClient().ConnectAsync(chunked ? new OneByteAtATime(body) : new ByteArrayContent(body));

        answer.Code.Should().Be(9);
        host.Server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Connect_AuxiliaryBufferOverTheProtocolsLimit_GetsCode12()
    {
        await using var host = await GateHost.StartAsync();
        var body = new ConnectRequest { UserDn = "/o=x", AuxiliaryBuffer = new byte[0x1009] }.ToArray();

        (await host.NewClient().ConnectAsync(new ByteArrayContent(body))).Code.Should().Be(12);
    }

    [Theory]
    [InlineData(ClientAdmission.Allow, MapiErrorCode.Success)]
    [InlineData(ClientAdmission.Deny, MapiErrorCode.ClientVersionDisallowed)]
    public async Task MalformedAux_UnknownClient_ThePolicyDecides(ClientAdmission admission, MapiErrorCode expected)
    {
        await using var host = await GateHost.StartAsync();
        host.Gatekeeper.Apply(ConnectionPolicy.FromOptions(new MapiGateOptions { ClientsWithoutProcessName = admission }));
        var body = new ConnectRequest { UserDn = "/o=x", AuxiliaryBuffer = new byte[] { 0, 0, 4, 0, 0x0f, 0x27, 0x34, 0, 0x34, 0 } }.ToArray();

        var answer = await host.NewClient().ConnectAsync(new ByteArrayContent(body));

        answer.Connected.ErrorCode.Should().Be(expected);
    }
}
