using MapiGate.Gateway.Tests.Processes;
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
}
