using System.Globalization;

namespace StoreServiceHost.Logging;

/// <summary>Text that a client sent, made fit to be printed.</summary>
internal static class ClientText
{
    private const int MaxLength = 128;

    /// <summary>
    /// Cut to length, without the characters that could forge a line, move the cursor or turn the text around.
    /// Empty text becomes "(none)", so that a sentence around it still reads.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "(none)";
        }

        var isCut = text.Length > MaxLength;
        var kept = isCut ? text.AsSpan(0, MaxLength) : text;
        return string.Create(kept.Length + (isCut ? 1 : 0), text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = i == MaxLength ? '…' : IsPrintable(source[i]) ? source[i] : '?';
            }
        });
    }

    private static bool IsPrintable(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
