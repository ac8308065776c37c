using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MapiGate.Fleet;

/// <summary>Says what is wrong with a server's certificate: NATS.Net only says that it is.</summary>
internal static class ServerCertificate
{
    /// <summary>Has whoever judges the certificate give a reason.</summary>
    public static ValueTask SayWhatIsWrongAsync(SslClientAuthenticationOptions options)
    {
        if (options.RemoteCertificateValidationCallback is { } judge)
        {
            options.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                judge(sender, certificate, chain, errors) ? true : throw new AuthenticationException(Describe((sender as SslStream)?.TargetHostName, certificate as X509Certificate2, chain, errors));
        }

        return ValueTask.CompletedTask;
    }

    private static string Describe(string? name, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is null ? "It shows no certificate."
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"Its certificate is not for the name {name}."
        : chain?.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) == true
            ? string.Create(CultureInfo.InvariantCulture, $"Its certificate is good from {certificate.NotBefore.ToUniversalTime():u} until {certificate.NotAfter.ToUniversalTime():u}, and not now.")
        : "No authority vouches for its certificate that this gate trusts.";
}
