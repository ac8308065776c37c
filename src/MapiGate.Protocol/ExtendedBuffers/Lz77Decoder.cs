using System.Buffers.Binary;

namespace MapiGate.Protocol;

/// <summary>One decompression; see <see cref="PlainLz77"/> for the format.</summary>
internal ref struct Lz77Decoder(ReadOnlySpan<byte> source, Span<byte> destination)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private readonly Span<byte> _destination = destination;
    private int _in;
    private int _out;
    private int _half = -1;

    public bool TryDecode()
    {
        uint flags = 0;
        int flagCount = 0;
        while (_out < _destination.Length)
        {
            if (flagCount == 0)
            {
                if (!TryReadUInt32(out flags))
                {
                    return false;
                }

                flagCount = 32;
            }

            bool isMatch = (flags & 0x80000000) != 0;
            flags <<= 1;
            flagCount--;
            if (isMatch ? !TryCopyMatch() : !TryCopyLiteral())
            {
                return false;
            }
        }

        return true;
    }

    private bool TryCopyLiteral()
    {
        if ((uint)_in >= (uint)_source.Length)
        {
            return false;
        }

        _destination[_out++] = _source[_in++];
        return true;
    }

    private bool TryCopyMatch()
    {
        if (!TryReadUInt16(out ushort word))
        {
            return false;
        }

        int distance = (word >> 3) + 1;
        uint length = (uint)word & 7;
        if (length == 7 && !TryReadLongLength(out length))
        {
            return false;
        }

        // Both sides in 64 bits: a length from the wire can be 0xFFFFFFFF.
        long total = (long)length + PlainLz77.MinLength;
        if (distance > _out || total > _destination.Length - _out)
        {
            return false;
        }

        CopyWithin(distance, (int)total);
        return true;
    }

    /// <summary>The length − 3 of a match whose three bits are all ones.</summary>
    private bool TryReadLongLength(out uint length)
    {
        length = 0;
        if (!TryReadNibble(out uint nibble))
        {
            return false;
        }

        if (nibble < 15)
        {
            length = nibble + 7;
            return true;
        }

        if (!TryReadByte(out byte extra))
        {
            return false;
        }

        if (extra < 255)
        {
            length = extra + 15u + 7u;
            return true;
        }

        if (!TryReadUInt16(out ushort word))
        {
            return false;
        }

        length = word;
        if (word == 0 && !TryReadUInt32(out length))
        {
            return false;
        }

        // The absolute form is for lengths that the shorter forms cannot say.
        return length >= 15 + 7;
    }

    private bool TryReadNibble(out uint nibble)
    {
        if (_half >= 0)
        {
            nibble = (uint)_half;
            _half = -1;
            return true;
        }

        bool read = TryReadByte(out byte both);
        nibble = (uint)both & 15;
        _half = both >> 4;
        return read;
    }

    /// <summary>A match may overlap what it produces: it then repeats the bytes between.</summary>
    private void CopyWithin(int distance, int length)
    {
        Span<byte> target = _destination.Slice(_out, length);
        _out += length;
        int from = _out - length - distance;
        if (distance == 1)
        {
            target.Fill(_destination[from]);
        }
        else if (distance >= length)
        {
            _destination.Slice(from, length).CopyTo(target);
        }
        else
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = _destination[from + i];
            }
        }
    }

    private bool TryReadByte(out byte value)
    {
        bool read = (uint)_in < (uint)_source.Length;
        value = read ? _source[_in++] : default;
        return read;
    }

    private bool TryReadUInt16(out ushort value)
    {
        bool read = BinaryPrimitives.TryReadUInt16LittleEndian(_source[_in..], out value);
        _in += read ? sizeof(ushort) : 0;
        return read;
    }

    private bool TryReadUInt32(out uint value)
    {
        bool read = BinaryPrimitives.TryReadUInt32LittleEndian(_source[_in..], out value);
        _in += read ? sizeof(uint) : 0;
        return read;
    }
}
