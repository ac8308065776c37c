using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>One header and payload of an extended buffer, as it carries ROPs and auxiliary blocks.</summary>
/// <remarks>
/// MS-OXCRPC 3.1.4.2.1: a writer compresses, then obfuscates; a reader undoes that in the opposite order. Payloads may
/// follow one another; each is packed by its own flags, and the final one has <see cref="ExtendedBufferFlags.Last"/>.
/// </remarks>
public static class ExtendedBuffer
{
    /// <summary>Most bytes of one payload once decompressed: 32 KiB (MS-OXCRPC 3.1.4.2.1).</summary>
    public const int MaxPayloadSize = 0x8000;

    /// <summary>Most bytes of an auxiliary buffer on the wire, header included (MS-OXCRPC 3.1.4.1).</summary>
    public const int MaxAuxiliarySize = 0x1008;

    // Enough for the whole payload of an auxiliary buffer, so that reading one rents nothing.
    private const int StackLimit = 0x1000;

    /// <summary>Reads the header at the start of <paramref name="source"/> and unpacks its payload.</summary>
    /// <param name="source">A header, its payload, and whatever follows.</param>
    /// <param name="destination">Where the payload goes; <see cref="MaxPayloadSize"/> bytes always suffice.</param>
    /// <param name="header">
    /// The header read. The payload is the first <see cref="ExtendedBufferHeader.SizeActual"/> bytes of
    /// <paramref name="destination"/>; the next header is <see cref="ExtendedBufferHeader.Size"/> + 8 bytes on.
    /// </param>
    /// <param name="error">Why not; <see cref="WireError.None"/> if read.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> source, Span<byte> destination, out ExtendedBufferHeader header, out WireError error)
    {
        if (!ExtendedBufferHeader.TryRead(source, out header, out error))
        {
            return false;
        }

        if (header.SizeActual > destination.Length)
        {
            error = WireError.DestinationTooSmall;
            return false;
        }

        if (!TryUnpack(header, source.Slice(ExtendedBufferHeader.Length, header.Size), destination[..header.SizeActual]))
        {
            error = WireError.DecompressFailed;
            return false;
        }

        return true;
    }

    /// <summary>Writes a header and its payload.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="payload">At most <see cref="MaxPayloadSize"/> bytes.</param>
    /// <param name="flags">
    /// How to pack it. A payload that compression would not make smaller is written uncompressed, for a compressed
    /// one must be smaller.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="payload"/> is too long.</exception>
    public static void Write(
        IBufferWriter<byte> output, ReadOnlySpan<byte> payload, ExtendedBufferFlags flags = ExtendedBufferFlags.Last)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (payload.Length > MaxPayloadSize)
        {
            throw new ArgumentException($"A payload has at most {MaxPayloadSize} bytes; this one has {payload.Length}.", nameof(payload));
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(payload.Length);
        try
        {
            int size = 0;
            if ((flags & ExtendedBufferFlags.Compressed) != 0
                && !PlainLz77.TryCompress(payload, rented.AsSpan(0, Math.Max(0, payload.Length - 1)), out size))
            {
                flags &= ~ExtendedBufferFlags.Compressed;
            }

            ReadOnlySpan<byte> packed = (flags & ExtendedBufferFlags.Compressed) != 0 ? rented.AsSpan(0, size) : payload;
            if ((flags & ExtendedBufferFlags.XorMagic) != 0)
            {
                XorMagic.Apply(packed, rented);
                packed = rented.AsSpan(0, packed.Length);
            }

            output.WriteUInt16(0);
            output.WriteUInt16((ushort)flags);
            output.WriteUInt16((ushort)packed.Length);
            output.WriteUInt16((ushort)payload.Length);
            output.Write(packed);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool TryUnpack(ExtendedBufferHeader header, ReadOnlySpan<byte> packed, Span<byte> destination)
    {
        bool xor = (header.Flags & ExtendedBufferFlags.XorMagic) != 0;
        if ((header.Flags & ExtendedBufferFlags.Compressed) == 0)
        {
            if (xor)
            {
                XorMagic.Apply(packed, destination);
            }
            else
            {
                packed.CopyTo(destination);
            }

            return true;
        }

        return xor ? TryDecompressObfuscated(packed, destination) : PlainLz77.TryDecompress(packed, destination);
    }

    private static bool TryDecompressObfuscated(ReadOnlySpan<byte> packed, Span<byte> destination)
    {
        byte[]? rented = packed.Length > StackLimit ? ArrayPool<byte>.Shared.Rent(packed.Length) : null;
        Span<byte> clear = rented ?? stackalloc byte[StackLimit];
        XorMagic.Apply(packed, clear);
        bool read = PlainLz77.TryDecompress(clear[..packed.Length], destination);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return read;
    }
}
