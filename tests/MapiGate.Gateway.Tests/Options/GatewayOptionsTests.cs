using System.Net;
using System.Net.Sockets;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Options;

public class GatewayOptionsTests
{
    [Theory]
    [InlineData("Server", "mail.example.com", "such as http")]
    [InlineData("Server", "http://127.0.0.1:8025/mapi", "without a path")]
    [InlineData("Listen", "https://*:443", "Gateway:CertificateFile")]
    [InlineData("Paths", "/mapi; /rpc", "Gateway:AllowRpc")]
    [InlineData("ActivityTimeout", "90", "hours, minutes and seconds")]
    [InlineData("AccountSchemes", "NTLM", "Basic, Bearer")]
    [InlineData("TrustedProxies", "10.1.2.3/8", "host bits")]
    [InlineData("Sever", "http://127.0.0.1:8025", "no setting")]
    public async Task Start_WrongValue_FailsWithKeyValueAndFix(string key, string value, string fix)
    {
        using var gateway = new ChildProcess(BuiltProgram.Gateway, "--Gateway:Server", "http://127.0.0.1:8025", $"--Gateway:{key}", value);

        (await gateway.WaitForExitAsync()).Should().Be(78);
        (await gateway.WaitForLineAsync($"Gateway:{key} is")).Should().Contain(fix);
        gateway.Lines.Should().NotContain(line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Management")]
    [InlineData("Listen")]
    public async Task Start_AtAnAddressThatIsTaken_FailsInOneLine_AndNoStack(string key)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var folder = new TemporaryFolder();
        string[] addresses = key == "Listen" ? [$"http://{taken.LocalEndpoint}", "http://127.0.0.1:0"] : ["http://127.0.0.1:0", $"http://{taken.LocalEndpoint}"];
        using var gateway = new ChildProcess(
            BuiltProgram.Gateway, "--contentRoot", folder.Path, "--Gateway:Server", "http://127.0.0.1:8025", "--Gateway:Listen", addresses[0], "--Gateway:Management", addresses[1], "--Gateway:DataDirectory", folder.Path);

        (await gateway.WaitForExitAsync()).Should().Be(78);
        await gateway.WaitForLineAsync("The gateway can't start");
        gateway.Lines.Where(line => line.Contains("address already in use", StringComparison.OrdinalIgnoreCase)).Should().ContainSingle()
            .Which.Should().StartWith("The gateway can't start").And.Contain($"http://{taken.LocalEndpoint}");
        gateway.Lines.Should().NotContain(line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
