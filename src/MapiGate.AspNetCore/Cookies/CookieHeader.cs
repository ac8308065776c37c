using System.Runtime.CompilerServices;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>Takes cookies out of a request's Cookie headers; the others stay as they stand.</summary>
internal static class CookieHeader
{
    /// <summary>Without the pairs that hold a cookie of one of the names, unless it is to be kept.</summary>
    public static StringValues Without(StringValues headers, string[] names, Func<string, bool>? isKept = null) =>
        new([.. headers.Select(header => Without(header, names, isKept)).Where(header => header.Length > 0)]);

    private static string Without(string? header, string[] names, Func<string, bool>? isKept)
    {
        var kept = new DefaultInterpolatedStringHandler(0, 0, provider: null, stackalloc char[512]);
        var separator = string.Empty;
        foreach (var range in header.AsSpan().Split(';'))
        {
            var pair = header.AsSpan(range);
            if (!Holds(pair, names, isKept))
            {
                kept.AppendLiteral(separator);
                kept.AppendFormatted(pair);
                separator = ";";
            }
        }

        return kept.ToStringAndClear().Trim();
    }

    private static bool Holds(ReadOnlySpan<char> pair, string[] names, Func<string, bool>? isKept)
    {
        foreach (var value in new ContextCookieReader(pair, names))
        {
            if (isKept is null || !isKept(value.ToString()))
            {
                return true;
            }
        }

        return false;
    }
}
