using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>The shapes of NDR that EMSMDB stubs are made of (C706, chapter 14). Everything is aligned to its size.</summary>
internal static class Ndr
{
    /// <summary>Sent for a pointer that is not null; the value has no meaning.</summary>
    private const uint Referent = 0x00020000;

    /// <summary>A conformant varying string of 8-bit characters: maximum, offset 0, actual count, the bytes with a NUL, padding.</summary>
    public static bool TryReadString(ref WireReader reader, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!TryReadVarying(ref reader, WireWriter.MaxStringLength + 1, out ReadOnlySpan<byte> bytes)
            || bytes.IsEmpty
            || bytes[^1] != 0)
        {
            return false;
        }

        value = WireReader.Latin1BeforeNul(bytes);
        return true;
    }

    /// <summary>A pointer to a string; a null pointer gives "".</summary>
    public static bool TryReadStringPointer(ref WireReader reader, [NotNullWhen(true)] out string? value)
    {
        value = string.Empty;
        return reader.TryReadUInt32(out uint referent) && (referent == 0 || TryReadString(ref reader, out value));
    }

    /// <summary>A conformant varying array of bytes: maximum, offset 0, actual count, the bytes, padding.</summary>
    public static bool TryReadVarying(ref WireReader reader, uint limit, out ReadOnlySpan<byte> value)
    {
        value = default;
        return reader.TryReadUInt32(out uint maximum)
            && reader.TryReadUInt32(out uint offset)
            && offset == 0
            && reader.TryReadCounted(Math.Min(maximum, limit), out value)
            && reader.TryAlign4();
    }

    /// <summary>A conformant array of bytes: maximum, the bytes, padding.</summary>
    public static bool TryReadConformant(ref WireReader reader, uint limit, out ReadOnlySpan<byte> value) =>
        reader.TryReadCounted(limit, out value) && reader.TryAlign4();

    public static void WriteString(IBufferWriter<byte> output, string value)
    {
        byte[] bytes = WireWriter.ToArray(o => o.WriteLatin1(value));
        WriteVarying(output, bytes);
    }

    public static void WriteStringPointer(IBufferWriter<byte> output, string value)
    {
        output.WriteUInt32(Referent);
        WriteString(output, value);
    }

    public static void WriteVarying(IBufferWriter<byte> output, ReadOnlyMemory<byte> value)
    {
        output.WriteUInt32((uint)value.Length);
        output.WriteUInt32(0);
        WriteConformant(output, value);
    }

    public static void WriteConformant(IBufferWriter<byte> output, ReadOnlyMemory<byte> value)
    {
        output.WriteCounted(value);
        output.WriteZeros(-value.Length & 3);
    }
}
