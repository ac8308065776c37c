using System.Runtime.InteropServices;
using System.Text;

namespace MapiGate.Protocol;

/// <summary>A UTF-16LE string inside a block, found by its offset from the block's first byte.</summary>
internal static class BlockString
{
    /// <summary>Whether a string can start at <paramref name="offset"/>: past the fixed part, and with room for one character.</summary>
    /// <remarks>Odd offsets are legal.</remarks>
    public static bool IsInRange(ReadOnlySpan<byte> block, int offset, int fixedLength) =>
        offset >= fixedLength && offset + sizeof(char) <= block.Length;

    /// <summary>Reads up to the NUL, or the block's end without its odd byte. Ill-formed UTF-16 becomes U+FFFD.</summary>
    public static string Read(ReadOnlySpan<byte> block, int offset, AuxiliaryInfoBuilder builder)
    {
        ReadOnlySpan<byte> bytes = block[offset..];
        ReadOnlySpan<char> chars = MemoryMarshal.Cast<byte, char>(bytes);
        int length = chars.IndexOf('\0');
        if (length < 0)
        {
            builder.Warnings |= AuxiliaryWarnings.UnterminatedString;
            length = chars.Length;
        }

        return Encoding.Unicode.GetString(bytes[..(length * sizeof(char))]);
    }

    /// <summary>Reads the string at <paramref name="offset"/>; null at offset 0, which means absent, or out of range.</summary>
    public static string? ReadOptional(
        ReadOnlySpan<byte> block, int offset, int fixedLength, AuxiliaryWarnings outOfRange, AuxiliaryInfoBuilder builder)
    {
        if (offset == 0)
        {
            return null;
        }

        if (!IsInRange(block, offset, fixedLength))
        {
            builder.Warnings |= outOfRange;
            return null;
        }

        return Read(block, offset, builder);
    }
}
