using System.Net;
using System.Security.Claims;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace MapiGate.AspNetCore.Tests.Connect;

public class DisagreeingClaimsTests
{
    private readonly RecordingLogger _log = new();

    [Theory]
    [InlineData("OUTLOOK.EXE;evil.exe", "", "127.0.0.1", "it reports more than one program")]
    [InlineData("OUTLOOK.EXE", "johndoe", "127.0.0.1", "it names another user than the one who is authenticated")]
    public async Task AClientWhoseClaimsDisagree_IsLetIn_AndTheLogSaysSo(string processes, string user, string address, string expected)
    {
        await ConnectAsync(processes, user, address);

        (await _log.WaitForAsync("ClaimsDisagree")).Message.Should().EndWith($"do not fit together: {expected}.");
    }

    [Theory]
    [InlineData("OUTLOOK.EXE;outlook.exe", "janedow", "127.0.0.1")]
    [InlineData("OUTLOOK.EXE", " JaneDow ", "::1")]
    [InlineData("OUTLOOK.EXE", "", "10.1.2.3")]
    [InlineData("", "", "127.0.0.1")]
    public async Task AClientWhoseClaimsFit_IsNotSpokenOf(string processes, string user, string address)
    {
        await ConnectAsync(processes, user, address);

        _log.Entries.Should().NotContain(entry => entry.EventId.Name == "ClaimsDisagree");
    }

    private async Task ConnectAsync(string processes, string user, string address)
    {
        await using var host = await GateHost.StartAsync(log: _log, beforeGate: app => app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, @"EXAMPLE\janedow")], "test"));
            return next(context);
        }));
        var client = host.NewClient();
        using var body = new ByteArrayContent(new ConnectRequest
        {
            UserDn = client.UserDn,
            AuxiliaryBuffer = AuxiliaryWriter.Write(AuxiliaryInfo.Empty with
            {
                ProcessNames = processes.Split(';'),
                UserName = user,
                ClientAddress = IPAddress.Parse(address),
            }),
        }.ToArray());

        (await client.ConnectAsync(body)).Code.Should().Be(0);
        host.Gatekeeper.Sessions.Count.Should().Be(1);
    }
}
