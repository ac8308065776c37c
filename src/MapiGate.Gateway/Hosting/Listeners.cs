using System.Net;
using MapiGate.Gateway.Options;
using MapiGate.Gateway.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MapiGate.Gateway.Hosting;

/// <summary>
/// Where the gateway listens, by HTTP/1.1 only: a client of HTTP/2 would hang behind its own long poll on the one connection
/// that may belong to it.
/// </summary>
internal static class Listeners
{
    // The server behind has limits of its own for bodies.
    public static void Configure(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.KeepAliveTimeout = options.KeepAliveTimeout;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = options.MaxRequestHeadSize;
        foreach (var text in SemicolonList.Split(options.Listen))
        {
            if (ListenAddress.TryParse(text, out var address))
            {
                Listen(kestrel, address, listen =>
                {
                    if (address.IsTls)
                    {
                        var certificate = kestrel.ApplicationServices.GetRequiredService<FollowedCertificate>();
                        listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current);
                    }
                });
            }
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        void ConfigureHttp1(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1;
            configure(listen);
        }

        if (address.Address is { } ip)
        {
            kestrel.Listen(new IPEndPoint(ip, address.Port), ConfigureHttp1);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, ConfigureHttp1);
        }
    }
}
