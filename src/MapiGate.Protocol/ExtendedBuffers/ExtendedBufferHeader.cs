namespace MapiGate.Protocol;

/// <summary>The header before each payload of an extended buffer: RPC_HEADER_EXT.</summary>
/// <param name="Flags">How the payload is packed.</param>
/// <param name="Size">Bytes of the payload on the wire, this header excluded.</param>
/// <param name="SizeActual">Bytes of the payload once decompressed, at most <see cref="ExtendedBuffer.MaxPayloadSize"/>.</param>
/// <remarks>
/// MS-OXCRPC 2.2.2.1, 8 bytes:
/// <code>
/// 0  Version     2  must be 0
/// 2  Flags       2  0x1 Compressed, 0x2 XorMagic, 0x4 Last
/// 4  Size        2
/// 6  SizeActual  2  = Size when not compressed, more than Size when compressed
/// </code>
/// </remarks>
public readonly record struct ExtendedBufferHeader(ExtendedBufferFlags Flags, ushort Size, ushort SizeActual)
{
    /// <summary>Bytes of a header on the wire.</summary>
    public const int Length = 8;

    /// <summary>Whether no other payload follows this one.</summary>
    public bool IsLast => (Flags & ExtendedBufferFlags.Last) != 0;

    /// <summary>Reads and checks the header at the start of <paramref name="source"/>, which holds its payload too.</summary>
    /// <remarks>
    /// Once this is true, the payload is <c>source.Slice(Length, header.Size)</c>. The order of the checks is part of
    /// the contract: it decides which fault of several is reported.
    /// </remarks>
    public static bool TryRead(ReadOnlySpan<byte> source, out ExtendedBufferHeader header, out WireError error)
    {
        header = default;
        var reader = new WireReader(source);
        if (!reader.TryReadUInt16(out ushort version)
            || !reader.TryReadUInt16(out ushort flags)
            || !reader.TryReadUInt16(out ushort size)
            || !reader.TryReadUInt16(out ushort sizeActual))
        {
            error = WireError.ExtHeaderTruncated;
            return false;
        }

        bool compressed = (flags & (ushort)ExtendedBufferFlags.Compressed) != 0;
        error = version != 0 ? WireError.ExtVersion
            : size > reader.Remaining ? WireError.ExtSizeOverrun
            : sizeActual > ExtendedBuffer.MaxPayloadSize ? WireError.ExtSizeActualTooLarge
            : compressed && size >= sizeActual ? WireError.CompressedNotSmaller
            : !compressed && size != sizeActual ? WireError.ExtSizeMismatch
            : WireError.None;
        if (error != WireError.None)
        {
            return false;
        }

        header = new ExtendedBufferHeader((ExtendedBufferFlags)flags, size, sizeActual);
        return true;
    }
}
