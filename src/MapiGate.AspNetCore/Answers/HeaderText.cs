using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>Kestrel takes any UTF-8 in a request's header and refuses to send it back: what can't be echoed is left out.</summary>
internal static class HeaderText
{
    private const int LongestLogged = 64;

    public static bool IsPrintable(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange(' ', '~');

    /// <summary>Fit for a log: short, and of printable characters.</summary>
    public static string Clean(string value) => new([.. value.Take(LongestLogged).Select(c => c is >= ' ' and <= '~' ? c : '?')]);

    public static bool IsPrintable(StringValues values)
    {
        foreach (var value in values)
        {
            if (!IsPrintable(value.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }
}
