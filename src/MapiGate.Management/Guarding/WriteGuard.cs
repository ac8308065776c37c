using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Management;

/// <summary>
/// Refuses writes that another page may have made a browser send. A page on another port of the same host is the same site,
/// so that its requests carry the cookie: a write needs a header that a foreign page cannot send, and the browser's word, where
/// there is one, that it comes from this very page.
/// </summary>
internal static class WriteGuard
{
    public const string Header = "X-MapiGate";

    public static bool Allows(HttpContext http)
    {
        var request = http.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        var (site, origin) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString());
        var isFromHere = site == "same-origin" || (origin.Length > 0 && site.Length == 0 && origin == $"{request.Scheme}://{request.Host}");

        // A program that is no browser sends neither, and comes with a token, which no browser adds by itself.
        var isNoBrowser = site.Length == 0 && origin.Length == 0 && request.Headers.Authorization.Count > 0;
        if (request.Headers.ContainsKey(Header) && (isFromHere || isNoBrowser))
        {
            return true;
        }

        AuditLog.WriteRefused(
            AuditLog.Of(http.RequestServices.GetRequiredService<ILoggerFactory>()),
            http.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
            origin,
            site);
        return false;
    }
}
