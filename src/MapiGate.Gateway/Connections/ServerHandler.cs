using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MapiGate.Gateway.Options;

namespace MapiGate.Gateway.Connections;

/// <summary>How the gateway speaks to the server behind: no cookies, no redirects, no credentials and no proxies of its own.</summary>
internal static class ServerHandler
{
    public static SocketsHttpHandler Create(GatewayOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            UseCookies = false,
            UseProxy = false,
        };
        if (options.ServerCertificate is not "")
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                errors == SslPolicyErrors.None
                || (certificate is X509Certificate2 leaf && leaf.GetCertHashString(HashAlgorithmName.SHA256).Equals(options.ServerCertificate, StringComparison.OrdinalIgnoreCase));
        }

        return handler;
    }
}
