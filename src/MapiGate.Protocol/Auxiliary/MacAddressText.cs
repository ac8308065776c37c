namespace MapiGate.Protocol;

/// <summary>A link-layer address as text: <c>00-15-5d-0a-0b-0c</c>.</summary>
internal static class MacAddressText
{
    public static string Format(ReadOnlySpan<byte> address)
    {
        Span<char> text = stackalloc char[96];
        for (int i = 0; i < address.Length; i++)
        {
            Convert.TryToHexStringLower(address.Slice(i, 1), text[(3 * i)..], out _);
            text[(3 * i) + 2] = '-';
        }

        return text[..((3 * address.Length) - 1)].ToString();
    }

    /// <summary>The bytes of a text with or without hyphens; none if it is not one.</summary>
    public static byte[] Parse(string text)
    {
        try
        {
            return Convert.FromHexString(text.Replace("-", string.Empty, StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
