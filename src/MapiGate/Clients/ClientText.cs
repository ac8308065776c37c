using System.Globalization;

namespace MapiGate;

/// <summary>Makes a client's text fit to be shown: in a log, a status, a journal.</summary>
internal static class ClientText
{
    private const int MaxLength = 128;

    /// <summary>
    /// Cuts the text to 128 characters and drops what could forge a line or hide text in one: control characters, line and
    /// paragraph separators, and formatting characters such as bidirectional overrides. A double quote becomes a single
    /// one, since the gate puts a client's text between double quotes.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var isCut = text.Length > MaxLength;
        var source = text.AsSpan(0, isCut ? MaxLength : text.Length);
        if (!isCut && !ContainsUnsafe(source))
        {
            return text;
        }

        Span<char> clean = stackalloc char[MaxLength + 1];
        var length = 0;
        foreach (var c in source)
        {
            if (!IsUnsafe(c))
            {
                clean[length++] = c is '"' ? '\'' : c;
            }
        }

        if (isCut)
        {
            clean[length++] = '…';
        }

        return new string(clean[..length]);
    }

    private static bool ContainsUnsafe(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is '"' || IsUnsafe(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnsafe(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
