using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>Unpacks the payloads of an auxiliary buffer, one header or, against the rule, several.</summary>
internal static class AuxiliaryReader
{
    // A chain of compressed payloads could unfold a thousandfold; no client sends more than a few hundred bytes.
    private const int MaxDecodedSize = 0x10000;

    private const ExtendedBufferFlags KnownFlags =
        ExtendedBufferFlags.Compressed | ExtendedBufferFlags.XorMagic | ExtendedBufferFlags.Last;

    public static WireError Read(ReadOnlySpan<byte> auxIn, AuxiliaryInfoBuilder builder)
    {
        if (auxIn.Length < ExtendedBufferHeader.Length)
        {
            return WireError.AuxTooShort;
        }

        if (auxIn.Length > ExtendedBuffer.MaxAuxiliarySize)
        {
            return WireError.AuxTooLarge;
        }

        for (int decoded = 0; ;)
        {
            if (!ExtendedBufferHeader.TryRead(auxIn, out ExtendedBufferHeader header, out WireError error))
            {
                return error;
            }

            decoded += header.SizeActual;
            if (decoded > MaxDecodedSize)
            {
                return WireError.AuxDecodedTooLarge;
            }

            if (!TryReadPayload(auxIn, header, builder, out error))
            {
                return error;
            }

            auxIn = auxIn[(ExtendedBufferHeader.Length + header.Size)..];
            builder.Warnings |= Judge(header, auxIn.Length);
            if (header.IsLast || auxIn.IsEmpty)
            {
                return WireError.None;
            }
        }
    }

    private static AuxiliaryWarnings Judge(ExtendedBufferHeader header, int remaining) =>
        ((header.Flags & ~KnownFlags) != 0 ? AuxiliaryWarnings.UnknownExtFlags : AuxiliaryWarnings.None)
        | (header.IsLast, remaining) switch
        {
            (true, 0) => AuxiliaryWarnings.None,
            (true, _) => AuxiliaryWarnings.TrailingAfterLast,
            (false, 0) => AuxiliaryWarnings.MissingLast,
            (false, _) => AuxiliaryWarnings.ChainedAux,
        };

    private static bool TryReadPayload(
        ReadOnlySpan<byte> source, ExtendedBufferHeader header, AuxiliaryInfoBuilder builder, out WireError error)
    {
        const ExtendedBufferFlags packed = ExtendedBufferFlags.Compressed | ExtendedBufferFlags.XorMagic;
        if ((header.Flags & packed) == 0)
        {
            AuxiliaryBlocks.Read(source.Slice(ExtendedBufferHeader.Length, header.Size), builder);
            error = WireError.None;
            return true;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(header.SizeActual);
        bool read = ExtendedBuffer.TryRead(source, rented, out _, out error);
        if (read)
        {
            AuxiliaryBlocks.Read(rented.AsSpan(0, header.SizeActual), builder);
        }

        ArrayPool<byte>.Shared.Return(rented);
        return read;
    }
}
