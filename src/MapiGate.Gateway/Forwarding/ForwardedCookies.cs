using MapiGate.Gateway.Options;
using Microsoft.Extensions.Primitives;

namespace MapiGate.Gateway.Forwarding;

/// <summary>Takes the cookies out that are not the server's: gromox refuses a Connect with a foreign one.</summary>
internal sealed class ForwardedCookies(GatewayOptions options)
{
    private readonly string[] _foreign = SemicolonList.Split(options.CookiesNotForwarded);

    public StringValues Filter(StringValues cookies)
    {
        if (cookies.Count == 0 || _foreign.Length == 0 || !cookies.Any(header => Split(header).Any(IsForeign)))
        {
            return cookies;
        }

        var kept = cookies.SelectMany(header => Split(header).Where(cookie => !IsForeign(cookie))).ToArray();
        return kept.Length == 0 ? StringValues.Empty : string.Join("; ", kept);
    }

    private static string[] Split(string? header) => (header ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private bool IsForeign(string cookie)
    {
        var name = cookie.Split('=')[0].Trim();
        return Array.Exists(_foreign, foreign => foreign.EndsWith('*')
            ? name.StartsWith(foreign.TrimEnd('*'), StringComparison.OrdinalIgnoreCase)
            : name.Equals(foreign, StringComparison.OrdinalIgnoreCase));
    }
}
