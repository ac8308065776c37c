using System.Buffers;
using System.Buffers.Binary;
using MapiGate.Protocol;

namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>Makes hostile bytes of good ones: one to eight changes, each of a kind that has broken parsers before.</summary>
internal sealed class Mutator(Random random)
{
    private const int MaxLength = 0x4000;

    private static readonly uint[] Numbers =
        [0, 1, 2, 3, 4, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0xFFF, 0x1000, 0x1008, 0x1009, 0x7FFF, 0x8000, 0x8001, 0xFFFF, 0x40000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    public Random Random => random;

    /// <summary>What making the inputs has allocated, on whichever thread.</summary>
    public long Allocated { get; private set; }

    public byte[] Mutate(byte[][] seeds)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var mutated = Make(seeds);
        Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return mutated;
    }

    public T Pick<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private byte[] Make(byte[][] seeds)
    {
        // One in eight is the wrong structure altogether.
        var bytes = Pick(random.Next(8) == 0 ? WireVectors.All : seeds);
        var packing = random.Next(12);
        if (packing == 0)
        {
            bytes = Repack(bytes);
        }

        for (var changes = random.Next(9); changes > 0; changes--)
        {
            bytes = Change(bytes.Length > MaxLength ? bytes[..MaxLength] : bytes, seeds);
        }

        if (packing == 1)
        {
            bytes = Repack(bytes);
        }

        return bytes.Length > MaxLength ? bytes[..MaxLength] : bytes;
    }

    private byte[] Change(byte[] bytes, byte[][] seeds)
    {
        var at = random.Next(bytes.Length + 1);
        var to = random.Next(at, bytes.Length + 1);
        return random.Next(10) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[to..]],
            2 => [.. bytes[..to], .. bytes[at..to], .. bytes[to..]],
            3 => [.. bytes[..at], .. RandomBytes(random.Next(1, 40)), .. bytes[at..]],
            4 => [.. bytes[..at], .. Pick(seeds) is var other ? other[random.Next(other.Length + 1)..] : []],
            5 => Set(bytes, 2),
            6 => Set(bytes, 4),
            7 => [.. Enumerable.Repeat(bytes, random.Next(1, 9)).SelectMany(part => part)],
            _ => Flip(bytes),
        };
    }

    private byte[] Flip(byte[] bytes)
    {
        byte[] changed = [.. bytes];
        for (var flips = bytes.Length == 0 ? 0 : random.Next(1, 4); flips > 0; flips--)
        {
            changed[random.Next(changed.Length)] ^= (byte)(random.Next(2) == 0 ? 1 << random.Next(8) : random.Next(256));
        }

        return changed;
    }

    /// <summary>Writes a number over a length, an offset or whatever stands there, give or take one.</summary>
    private byte[] Set(byte[] bytes, int width)
    {
        if (bytes.Length < width)
        {
            return bytes;
        }

        byte[] changed = [.. bytes];
        var number = unchecked(Pick(Numbers) + (uint)random.Next(-1, 2));
        var place = changed.AsSpan(random.Next(changed.Length - width + 1), width);
        if (width == 2)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)number);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(place, number);
        }

        return changed;
    }

    /// <summary>Packs bytes anew, so that what is mutated before lies behind a mask and a compression that are right.</summary>
    private byte[] Repack(byte[] bytes)
    {
        var payload = Flip(bytes.Length > ExtendedBufferHeader.Length && random.Next(4) > 0 ? bytes[ExtendedBufferHeader.Length..] : bytes);
        if (random.Next(4) == 0)
        {
            payload = Tile(payload, random.Next(ExtendedBuffer.MaxPayloadSize + 1));
        }

        var output = new ArrayBufferWriter<byte>();
        do
        {
            ExtendedBuffer.Write(output, payload.AsSpan(0, Math.Min(payload.Length, ExtendedBuffer.MaxPayloadSize)), (ExtendedBufferFlags)random.Next(8));
        }
        while (random.Next(3) == 0);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The same over and over: few bytes once compressed, and many blocks once read.</summary>
    private static byte[] Tile(byte[] bytes, int length)
    {
        var tiled = new byte[length];
        for (var i = 0; i < length && bytes.Length > 0; i++)
        {
            tiled[i] = bytes[i % bytes.Length];
        }

        return tiled;
    }

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
