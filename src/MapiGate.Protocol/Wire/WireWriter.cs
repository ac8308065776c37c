using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MapiGate.Protocol;

/// <summary>Writes little-endian values: the counterpart of <see cref="WireReader"/>.</summary>
internal static class WireWriter
{
    /// <summary>The longest name or DN that is read or written, in characters.</summary>
    /// <remarks>The specifications set no limit; this one is far above what a directory allows.</remarks>
    public const int MaxStringLength = 4096;

    public static byte[] ToArray(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteByte(this IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public static void WriteUInt16(this IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(output.GetSpan(sizeof(ushort)), value);
        output.Advance(sizeof(ushort));
    }

    public static void WriteUInt32(this IBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    public static void WriteUInt64(this IBufferWriter<byte> output, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
    }

    public static void WriteGuid(this IBufferWriter<byte> output, Guid value)
    {
        value.TryWriteBytes(output.GetSpan(16));
        output.Advance(16);
    }

    public static void WriteZeros(this IBufferWriter<byte> output, int count)
    {
        output.GetSpan(count)[..count].Clear();
        output.Advance(count);
    }

    public static void WriteCounted(this IBufferWriter<byte> output, ReadOnlyMemory<byte> value)
    {
        output.WriteUInt32((uint)value.Length);
        output.Write(value.Span);
    }

    /// <summary>8-bit characters and a NUL. What Latin-1 lacks becomes '?'.</summary>
    public static void WriteLatin1(this IBufferWriter<byte> output, string value)
    {
        Encoding.Latin1.GetBytes(BeforeNul(value), output);
        output.WriteByte(0);
    }

    /// <summary>UTF-16LE and a NUL.</summary>
    public static void WriteUtf16(this IBufferWriter<byte> output, string value)
    {
        Encoding.Unicode.GetBytes(BeforeNul(value), output);
        output.WriteUInt16(0);
    }

    /// <summary>What a reader of a terminated string would see of <paramref name="value"/>; also cut at the longest length read.</summary>
    public static ReadOnlySpan<char> BeforeNul(string value)
    {
        int nul = value.AsSpan().IndexOf('\0');
        ReadOnlySpan<char> text = nul < 0 ? value : value.AsSpan(0, nul);
        return text.Length > MaxStringLength ? text[..MaxStringLength] : text;
    }
}
