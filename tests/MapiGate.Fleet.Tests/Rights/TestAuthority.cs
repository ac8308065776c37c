using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MapiGate.Fleet.Tests.Processes;

namespace MapiGate.Fleet.Tests.Rights;

/// <summary>An authority of the test's own, and servers' certificates by it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly OidCollection BothEnds = [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Fleet test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(_now.AddDays(-2), _now.AddDays(30));
    }

    public string Pem => _certificate.ExportCertificatePem();

    public void WriteServer(string certificate, string key) => Write(certificate, key, "localhost", [IPAddress.Loopback, NetworkNamespace.Servers]);

    /// <summary>Issues a certificate that is valid from yesterday on, for so many days.</summary>
    public void Write(string certificate, string key, string name, IPAddress[]? addresses = null, double days = 30)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nats", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        Array.ForEach(addresses ?? [], names.AddIpAddress);

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(BothEnds, false));
        using var issued = request.Create(_certificate, _now.AddDays(-1), _now.AddDays(days - 1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(certificate, issued.ExportCertificatePem());
        File.WriteAllText(key, own.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
