using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Tls;

public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tls-").FullName;

    private string Pem => Path.Combine(_folder, "gateway.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ACertificateFileThatChanges_IsShownToTheNextClient_AndOneThatIsBrokenLeavesTheOneBefore()
    {
        using var first = TestCertificate.Create();
        using var second = TestCertificate.Create();
        first.WritePem(Pem);
        await using var server = await TestServer.StartAsync();
        using var gateway = await StartAsync(server.Url, "--Gateway:CertificateFile", Pem);
        (await ShownAsync(gateway.Url)).Should().Be(first.Fingerprint());

        second.WritePem(Pem);
        await gateway.WaitForLineAsync(second.Fingerprint());
        (await ShownAsync(gateway.Url)).Should().Be(second.Fingerprint());

        await File.WriteAllTextAsync(Pem, "half a certificate");
        await gateway.WaitForLineAsync("can't be read");
        (await ShownAsync(gateway.Url)).Should().Be(second.Fingerprint());

        first.WritePem(Pem);
        var from = gateway.Lines.Count;
        await gateway.WaitForLineAsync(first.Fingerprint(), from - 1);
        (await ShownAsync(gateway.Url)).Should().Be(first.Fingerprint());
    }

    [Fact]
    public async Task ACertificateWhoseKeyFollowsInAFileOfItsOwn_IsShownOnceBothAreThere()
    {
        using var first = TestCertificate.Create();
        using var second = TestCertificate.Create();
        var key = Path.Combine(_folder, "key", "gateway.key");
        Directory.CreateDirectory(Path.GetDirectoryName(key)!);
        first.WritePem(Pem, key);
        await using var server = await TestServer.StartAsync();
        using var gateway = await StartAsync(server.Url, "--Gateway:CertificateFile", Pem, "--Gateway:CertificateKeyFile", key);
        (await ShownAsync(gateway.Url)).Should().Be(first.Fingerprint());

        // As it is renewed: one file, and then the other.
        await File.WriteAllTextAsync(Pem, second.ExportCertificatePem());
        await gateway.WaitForLineAsync("can't be read");
        (await ShownAsync(gateway.Url)).Should().Be(first.Fingerprint());
        second.WritePem(Pem + ".unused", key);

        await gateway.WaitForLineAsync(second.Fingerprint());
        (await ShownAsync(gateway.Url)).Should().Be(second.Fingerprint());
    }

    [Fact]
    public async Task APfxWithItsPassword_Serves_AndHttpTwoIsNotOffered()
    {
        using var certificate = TestCertificate.Create();
        var pfx = Path.Combine(_folder, "gateway.pfx");
        certificate.WritePfx(pfx, "secret");
        await using var server = await TestServer.StartAsync();
        using var gateway = await StartAsync(server.Url, "--Gateway:CertificateFile", pfx, "--Gateway:CertificatePassword", "secret");
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }) { DefaultRequestVersion = new(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower };

        using var answer = await http.GetAsync(new Uri(gateway.Url, "/mapi/nspi"));

        answer.IsSuccessStatusCode.Should().BeTrue();
        answer.Version.Should().Be(new Version(1, 1));
        server.Received.Single()["X-Forwarded-Proto"].Should().Be("https");
    }

    [Theory]
    [InlineData("half a certificate", "")]
    [InlineData("", "")]
    public async Task ACertificateFileThatIsNone_FailsTheStartInWords(string text, string password)
    {
        await File.WriteAllTextAsync(Pem, text);
        using var gateway = new ChildProcess(
            BuiltProgram.Gateway, "--Gateway:Server", "http://127.0.0.1:8025", "--Gateway:Listen", "https://127.0.0.1:0", "--Gateway:Management", "", "--Gateway:CertificateFile", Pem, "--Gateway:CertificatePassword", password);

        (await gateway.WaitForExitAsync()).Should().Be(78);
        await gateway.WaitForLineAsync("The gateway can't start");
        gateway.Lines.Should().Contain(line => line.Contains(Pem, StringComparison.Ordinal)).And.NotContain(line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AServerWhoseCertificateNobodyTrusts_Is503_AndTheLogSaysWhatToSet()
    {
        using var certificate = TestCertificate.Create();
        await using var server = await TestServer.StartAsync(certificate: certificate);
        using var gateway = await RunningGateway.StartAsync(server.Url);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(gateway.Url, "/mapi/nspi"));

        ((int)answer.StatusCode).Should().Be(503);
        (await gateway.WaitForLineAsync("failed a request")).Should().Contain("UntrustedRoot").And.Contain($"Gateway:ServerCertificate to its SHA-256, {certificate.Fingerprint()}");
        (await gateway.GetHealthAsync("/readyz")).Status.Should().Be(503);
        server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task AServerWhoseCertificateIsTheOneNamed_IsServed()
    {
        using var certificate = TestCertificate.Create("mail.internal");
        await using var server = await TestServer.StartAsync(certificate: certificate);
        using var gateway = await RunningGateway.StartAsync(server.Url, "--Gateway:ServerCertificate", certificate.Fingerprint().ToLowerInvariant());
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(gateway.Url, "/mapi/nspi"));

        answer.IsSuccessStatusCode.Should().BeTrue();
    }

    internal static Task<RunningGateway> StartAsync(Uri server, params string[] settings) =>
        RunningGateway.StartAsync(server, ["--Gateway:Listen", "https://127.0.0.1:0", .. settings]);

    private static async Task<string> ShownAsync(Uri address)
    {
        var shown = "";
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port).WithinBounds();
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
        {
            shown = certificate!.GetCertHashString(HashAlgorithmName.SHA256);
            return shown.Length > 0;
        });
        await tls.AuthenticateAsClientAsync("localhost").WithinBounds();
        return shown;
    }
}
