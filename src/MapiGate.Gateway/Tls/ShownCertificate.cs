using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MapiGate.Gateway.Options;

namespace MapiGate.Gateway.Tls;

/// <summary>The certificate that the server behind shows: accepted as configured, and remembered for the comparison with the gateway's own.</summary>
internal sealed class ShownCertificate(GatewayOptions options)
{
    private string? _shown;

    /// <summary>SHA-256 of the one last shown, in hex; <see langword="null"/> before the first.</summary>
    public string? Shown => Volatile.Read(ref _shown);

    /// <summary>Accepts what this machine trusts, and the one certificate that is configured.</summary>
    /// <exception cref="AuthenticationException">Anything else, with words for the log: a plain refusal would have none.</exception>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf)
        {
            throw new AuthenticationException("The server behind shows no certificate.");
        }

        var hash = leaf.GetCertHashString(HashAlgorithmName.SHA256);
        Volatile.Write(ref _shown, hash);
        if (errors == SslPolicyErrors.None || hash.Equals(options.ServerCertificate, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var problems = chain?.ChainStatus.Select(static status => status.Status.ToString()) ?? [];
        throw new AuthenticationException(
            $"The certificate of the server behind is not trusted ({string.Join(", ", problems.Prepend(errors.ToString()))}). "
            + $"If it is the right one, set {GatewayOptions.Section}:{nameof(options.ServerCertificate)} to its SHA-256, {hash}.");
    }
}
