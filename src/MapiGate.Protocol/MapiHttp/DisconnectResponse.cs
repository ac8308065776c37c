using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>The answer to a logoff: the body of a Disconnect response.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.4.3.2 and 2.2.4.3.3. With a StatusCode that is not 0, only the auxiliary buffer follows it.
/// <code>
/// StatusCode 4
/// ErrorCode  4
/// AuxiliaryBufferSize 4, AuxiliaryBuffer
/// </code>
/// </remarks>
public sealed record DisconnectResponse
{
    /// <summary>0, or a failure below the method.</summary>
    public uint StatusCode { get; init; }

    /// <summary>The method's result.</summary>
    public MapiErrorCode ErrorCode { get; init; }

    /// <summary>The auxiliary buffer as on the wire.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>Reads a body. Bytes after its end are ignored.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out DisconnectResponse? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidResponseBody;
        var reader = new WireReader(body);
        if (!reader.TryReadStatus(out uint statusCode, out MapiErrorCode errorCode)
            || !reader.TryReadAuxiliary(out ReadOnlyMemory<byte> auxiliary))
        {
            return false;
        }

        error = WireError.None;
        value = new DisconnectResponse { StatusCode = statusCode, ErrorCode = errorCode, AuxiliaryBuffer = auxiliary };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out DisconnectResponse?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out DisconnectResponse? value) =>
        TryRead(body, out value, out _);

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteUInt32(StatusCode);
        if (StatusCode == 0)
        {
            output.WriteUInt32((uint)ErrorCode);
        }

        output.WriteCounted(AuxiliaryBuffer);
    }

    /// <summary>The body as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
