using System.Runtime.InteropServices;

namespace MapiGate.Registry;

/// <summary>Makes text of a value's bytes, which any program may have written and need not end as they should.</summary>
internal static class RegistryText
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int LongestText = 32_767;

    /// <summary>The text of a <c>REG_SZ</c> or <c>REG_EXPAND_SZ</c>, which ends at the first NUL, as regedit shows it.</summary>
    /// <param name="bytes">UTF-16 in little-endian order; half a character at the end is dropped.</param>
    /// <param name="isCut">Whether something stands behind the NUL.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, out bool isCut)
    {
        var text = MemoryMarshal.Cast<byte, char>(bytes).TrimEnd('\0');
        var end = text.IndexOf('\0');
        isCut = end >= 0;
        return new string(isCut ? text[..end] : text);
    }

    /// <summary>The lines of a <c>REG_MULTI_SZ</c> as one list: "program1.exe; program2.exe".</summary>
    public static string DecodeLines(ReadOnlySpan<byte> bytes)
    {
        var lines = new string(MemoryMarshal.Cast<byte, char>(bytes))
            .Split('\0', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join("; ", lines);
    }
}
