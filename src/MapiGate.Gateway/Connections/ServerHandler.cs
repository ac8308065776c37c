using System.Net;
using MapiGate.Gateway.Options;
using MapiGate.Gateway.Tls;

namespace MapiGate.Gateway.Connections;

/// <summary>How the gateway speaks to the server behind: no cookies, no redirects, no credentials and no proxies of its own.</summary>
internal static class ServerHandler
{
    public static SocketsHttpHandler Create(GatewayOptions options, ShownCertificate certificate) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        SslOptions = { RemoteCertificateValidationCallback = certificate.Accept },
        UseCookies = false,
        UseProxy = false,
    };
}
