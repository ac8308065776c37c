using System.Security.Cryptography;
using MapiGate.Gateway.Options;

namespace MapiGate.Gateway.Tls;

/// <summary>
/// Whether clients see the server's own certificate at the gateway. With Extended Protection they bind their NTLM and Kerberos
/// credentials to the certificate they see (RFC 5929 tls-server-end-point), and the server takes no binding but to its own.
/// </summary>
internal sealed class CertificateComparison(GatewayOptions options, ShownCertificate server, FollowedCertificate? own = null)
{
    /// <summary>What is wrong, in words; <see langword="null"/> where nothing is, or nothing is known yet.</summary>
    public string? Difference =>
        options.CompareCertificates && own is not null && server.Shown is { } shown
        && own.Current.GetCertHashString(HashAlgorithmName.SHA256) is var ours && ours != shown
            ? $"The gateway's certificate (SHA-256 {ours}) is not that of the server behind ({shown}). Where Extended Protection is on there, "
              + "as it is by default since Exchange Server 2019 CU14, each logon by NTLM or Kerberos fails (0xC000035B, TLS bridging): "
              + $"give the gateway the server's own certificate, or set {GatewayOptions.Section}:{nameof(options.CompareCertificates)} to false where Extended Protection is off."
            : null;
}
