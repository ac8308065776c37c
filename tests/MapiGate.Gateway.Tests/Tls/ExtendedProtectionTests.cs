using MapiGate.Gateway.Tests.Fakes;

namespace MapiGate.Gateway.Tests.Tls;

public sealed class ExtendedProtectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tls-").FullName;

    private string Pem => Path.Combine(_folder, "gateway.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AnotherCertificateThanTheServers_IsSaidAtStartAndInHealth_UntilTheFileIsTheServersOwn()
    {
        using var own = TestCertificate.Create();
        using var servers = TestCertificate.Create();
        own.WritePem(Pem);
        await using var server = await TestServer.StartAsync(certificate: servers);
        using var gateway = await TlsTests.StartAsync(server.Url, "--Gateway:CertificateFile", Pem, "--Gateway:ServerCertificate", servers.Fingerprint());

        (await gateway.WaitForLineAsync("TLS bridging")).Should().Contain("0xC000035B").And.Contain(own.Fingerprint()).And.Contain(servers.Fingerprint());
        var (status, text) = await gateway.GetHealthAsync("/healthz");
        status.Should().Be(200);
        text.Should().StartWith("Degraded").And.Contain("Extended Protection");

        servers.WritePem(Pem);
        await gateway.WaitForLineAsync($"SHA-256 {servers.Fingerprint()}, until");
        (await gateway.GetHealthAsync("/readyz")).Text.Should().StartWith("Healthy");
    }

    [Fact]
    public async Task WhereExtendedProtectionIsOff_TheComparisonCanBeToo()
    {
        using var own = TestCertificate.Create();
        using var servers = TestCertificate.Create();
        own.WritePem(Pem);
        await using var server = await TestServer.StartAsync(certificate: servers);
        using var gateway = await TlsTests.StartAsync(
            server.Url, "--Gateway:CertificateFile", Pem, "--Gateway:ServerCertificate", servers.Fingerprint(), "--Gateway:CompareCertificates", "false");

        (await gateway.GetHealthAsync("/readyz")).Text.Should().StartWith("Healthy");
    }
}
