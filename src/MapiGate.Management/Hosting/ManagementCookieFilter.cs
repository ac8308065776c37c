using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Primitives;

namespace MapiGate.Management;

/// <summary>
/// Takes the page's cookie out of the host's own requests, before anything sees them. Cookies know no ports: a browser sends it
/// to the server beside management, too, and through a gateway to the server behind.
/// </summary>
internal sealed class ManagementCookieFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, further) =>
        {
            var sent = http.Request.Headers.Cookie;
            if (sent.Any(IsOurs))
            {
                http.Request.Headers.Cookie = new StringValues([.. sent.Select(Without).Where(cookies => cookies.Length > 0)]);
            }

            return further(http);
        });
        next(app);
    };

    private static bool IsOurs(string? cookie) => cookie?.Contains(TokenCookie.Prefix, StringComparison.Ordinal) == true;

    private static string Without(string? cookies) =>
        string.Join("; ", (cookies ?? string.Empty).Split(';', StringSplitOptions.TrimEntries).Where(cookie => !cookie.StartsWith(TokenCookie.Prefix, StringComparison.Ordinal)));
}
