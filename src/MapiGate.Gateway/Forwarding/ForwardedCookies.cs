using MapiGate.Gateway.Options;
using Microsoft.Extensions.Primitives;

namespace MapiGate.Gateway.Forwarding;

/// <summary>Takes the cookies out that are not the server's: gromox refuses a Connect with a foreign one.</summary>
internal sealed class ForwardedCookies(GatewayOptions options)
{
    private readonly string[] _foreign = SemicolonList.Split(options.CookiesNotForwarded);

    public StringValues Filter(StringValues cookies)
    {
        foreach (var header in cookies)
        {
            foreach (var cookie in header.AsSpan().Split(';'))
            {
                if (IsForeign(header.AsSpan()[cookie]))
                {
                    return WithoutForeign(cookies);
                }
            }
        }

        return cookies;
    }

    private StringValues WithoutForeign(StringValues cookies)
    {
        var kept = cookies.SelectMany(static header => (header ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(cookie => !IsForeign(cookie)).ToArray();
        return kept.Length == 0 ? StringValues.Empty : string.Join("; ", kept);
    }

    private bool IsForeign(ReadOnlySpan<char> cookie)
    {
        var name = cookie[..(cookie.IndexOf('=') is >= 0 and var equals ? equals : cookie.Length)].Trim();
        foreach (var foreign in _foreign)
        {
            if (foreign.EndsWith('*') ? name.StartsWith(foreign.AsSpan(0, foreign.Length - 1), StringComparison.OrdinalIgnoreCase) : name.Equals(foreign, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
