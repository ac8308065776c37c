using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>Kestrel takes any UTF-8 in a request's header and refuses to send it back: what can't be echoed is left out.</summary>
internal static class HeaderText
{
    public static bool IsPrintable(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange(' ', '~');

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
