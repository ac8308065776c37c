using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace MapiGate.Protocol;

/// <summary>Reads little-endian values from a span, each only if all of its bytes are there.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _position;

    public readonly int Position => _position;

    public readonly int Remaining => _source.Length - _position;

    public bool TryReadByte(out byte value)
    {
        bool read = TryReadBytes(1, out ReadOnlySpan<byte> bytes);
        value = read ? bytes[0] : default;
        return read;
    }

    public bool TryReadUInt16(out ushort value)
    {
        bool read = TryReadBytes(sizeof(ushort), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : default;
        return read;
    }

    public bool TryReadUInt32(out uint value)
    {
        bool read = TryReadBytes(sizeof(uint), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : default;
        return read;
    }

    public bool TryReadUInt64(out ulong value)
    {
        bool read = TryReadBytes(sizeof(ulong), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : default;
        return read;
    }

    public bool TryReadGuid(out Guid value)
    {
        bool read = TryReadBytes(16, out ReadOnlySpan<byte> bytes);
        value = read ? new Guid(bytes) : default;
        return read;
    }

    /// <summary>As many bytes as asked for; the length is unsigned as on the wire, so that none can turn negative.</summary>
    public bool TryReadBytes(uint length, out ReadOnlySpan<byte> value)
    {
        if (length > (uint)Remaining)
        {
            value = default;
            return false;
        }

        value = _source.Slice(_position, (int)length);
        _position += (int)length;
        return true;
    }

    /// <summary>A 32-bit length of at most <paramref name="maximum"/>, and as many bytes.</summary>
    public bool TryReadCounted(uint maximum, out ReadOnlySpan<byte> value)
    {
        value = default;
        return TryReadUInt32(out uint length) && length <= maximum && TryReadBytes(length, out value);
    }

    /// <summary>8-bit characters up to a NUL. The code page is the client's; Latin-1 keeps every byte apart.</summary>
    public bool TryReadLatin1(int maximumLength, [NotNullWhen(true)] out string? value)
    {
        value = null;
        int length = _source[_position..].IndexOf((byte)0);
        if (length < 0 || length > maximumLength)
        {
            return false;
        }

        value = Encoding.Latin1.GetString(_source.Slice(_position, length));
        _position += length + 1;
        return true;
    }

    /// <summary>UTF-16LE up to a NUL; ill-formed sequences become U+FFFD.</summary>
    public bool TryReadUtf16(int maximumLength, [NotNullWhen(true)] out string? value)
    {
        value = null;
        int length = MemoryMarshal.Cast<byte, char>(_source[_position..]).IndexOf('\0');
        if (length < 0 || length > maximumLength)
        {
            return false;
        }

        value = Encoding.Unicode.GetString(_source.Slice(_position, length * sizeof(char)));
        _position += (length + 1) * sizeof(char);
        return true;
    }

    /// <summary>8-bit characters of a field of known length, up to the NUL if there is one.</summary>
    public static string Latin1BeforeNul(ReadOnlySpan<byte> field)
    {
        int nul = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(nul < 0 ? field : field[..nul]);
    }

    /// <summary>Skips the padding up to the next multiple of 4 from the start, as NDR has it.</summary>
    public bool TryAlign4() => TryReadBytes((uint)(-_position & 3), out _);
}
