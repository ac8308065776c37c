using System.Buffers.Binary;

namespace MapiGate.Protocol;

/// <summary>One compression; see <see cref="PlainLz77"/> for the format.</summary>
/// <remarks>
/// Greedy, with one candidate a hash: payloads are small and mostly headers and UTF-16 text, where a better search
/// would win a few bytes. Any stream that decodes back is a valid one.
/// </remarks>
internal ref struct Lz77Encoder(ReadOnlySpan<byte> source, Span<byte> destination)
{
    private const int HashBits = 12;

    private readonly ReadOnlySpan<byte> _source = source;
    private readonly Span<byte> _destination = destination;
    private int _out;
    private int _flagsAt;
    private uint _flags;
    private int _flagCount;
    private int _halfAt = -1;
    private bool _full;

    public bool TryEncode(out int written)
    {
        // Positions plus one, so that a cleared table means "none seen".
        Span<int> seen = stackalloc int[1 << HashBits];
        seen.Clear();
        StartFlags();
        for (int position = 0; position < _source.Length && !_full;)
        {
            int length = FindMatch(seen, position, out int distance);
            if (length == 0)
            {
                AddFlag(0);
                WriteByte(_source[position++]);
                continue;
            }

            AddFlag(1);
            WriteMatch(distance, length);
            position += length;
        }

        EndFlags();
        written = _full ? 0 : _out;
        return !_full;
    }

    private readonly int FindMatch(Span<int> seen, int position, out int distance)
    {
        distance = 0;
        if (_source.Length - position < PlainLz77.MinLength)
        {
            return 0;
        }

        uint three = (uint)(_source[position] | (_source[position + 1] << 8) | (_source[position + 2] << 16));
        ref int slot = ref seen[(int)((three * 0x9E3779B1) >> (32 - HashBits))];
        int candidate = slot - 1;
        slot = position + 1;
        if (candidate < 0 || position - candidate > PlainLz77.MaxDistance)
        {
            return 0;
        }

        distance = position - candidate;
        int length = _source[position..].CommonPrefixLength(_source[candidate..]);
        return length < PlainLz77.MinLength ? 0 : length;
    }

    private void WriteMatch(int distance, int length)
    {
        int rest = length - PlainLz77.MinLength;
        WriteUInt16((ushort)(((distance - 1) << 3) | Math.Min(rest, 7)));
        if (rest < 7)
        {
            return;
        }

        WriteNibble((byte)Math.Min(rest - 7, 15));
        if (rest < 7 + 15)
        {
            return;
        }

        WriteByte((byte)Math.Min(rest - 7 - 15, 255));
        if (rest < 7 + 15 + 255)
        {
            return;
        }

        WriteUInt16((ushort)(rest <= ushort.MaxValue ? rest : 0));
        if (rest > ushort.MaxValue)
        {
            WriteUInt16((ushort)rest);
            WriteUInt16((ushort)(rest >> 16));
        }
    }

    private void WriteNibble(byte nibble)
    {
        if (_halfAt >= 0)
        {
            _destination[_halfAt] |= (byte)(nibble << 4);
            _halfAt = -1;
            return;
        }

        int at = _out;
        WriteByte(nibble);
        _halfAt = _full ? -1 : at;
    }

    private void StartFlags()
    {
        _flagsAt = _out;
        _flags = 0;
        _flagCount = 0;
        WriteUInt16(0);
        WriteUInt16(0);
    }

    private void AddFlag(uint flag)
    {
        if (_flagCount == 32)
        {
            EndFlags();
            StartFlags();
        }

        _flags = (_flags << 1) | flag;
        _flagCount++;
    }

    private readonly void EndFlags()
    {
        if (_full)
        {
            return;
        }

        // Unused flag bits are ones (MS-XCA 2.3.4). A shift by 32 would be one by 0.
        int unused = 32 - _flagCount;
        uint flags = unused == 32 ? uint.MaxValue : (_flags << unused) | ((1u << unused) - 1);
        BinaryPrimitives.WriteUInt32LittleEndian(_destination[_flagsAt..], flags);
    }

    private void WriteByte(byte value)
    {
        if (_full || _out >= _destination.Length)
        {
            _full = true;
            return;
        }

        _destination[_out++] = value;
    }

    private void WriteUInt16(ushort value)
    {
        WriteByte((byte)value);
        WriteByte((byte)(value >> 8));
    }
}
