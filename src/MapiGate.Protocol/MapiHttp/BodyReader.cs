namespace MapiGate.Protocol;

/// <summary>What the bodies have in common: they all end with an auxiliary buffer.</summary>
internal static class BodyReader
{
    /// <summary>AuxiliaryBufferSize and AuxiliaryBuffer. A size over the limit fails; MS-OXCMAPIHTTP is silent about it.</summary>
    public static bool TryReadAuxiliary(ref this WireReader reader, out ReadOnlyMemory<byte> auxiliary)
    {
        bool read = reader.TryReadCounted(ExtendedBuffer.MaxAuxiliarySize, out ReadOnlySpan<byte> bytes);
        auxiliary = bytes.ToArray();
        return read;
    }

    /// <summary>Bytes after the end of a request are put up with, and told.</summary>
    public static AuxiliaryWarnings JudgeEnd(this in WireReader reader) =>
        reader.Remaining > 0 ? AuxiliaryWarnings.TrailingAfterAux : AuxiliaryWarnings.None;

    /// <summary>StatusCode, and with StatusCode 0 an ErrorCode behind it.</summary>
    public static bool TryReadStatus(ref this WireReader reader, out uint statusCode, out MapiErrorCode errorCode)
    {
        errorCode = MapiErrorCode.Success;
        if (!reader.TryReadUInt32(out statusCode))
        {
            return false;
        }

        if (statusCode != 0)
        {
            return true;
        }

        bool read = reader.TryReadUInt32(out uint code);
        errorCode = (MapiErrorCode)code;
        return read;
    }
}
