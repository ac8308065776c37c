using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>The answers to ROPs: the body of an Execute response.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.4.2.2 and 2.2.4.2.3. With a StatusCode that is not 0, only the auxiliary buffer follows it.
/// <code>
/// StatusCode    4
/// ErrorCode     4
/// Flags         4  0
/// RopBufferSize 4, RopBuffer
/// AuxiliaryBufferSize 4, AuxiliaryBuffer
/// </code>
/// </remarks>
public sealed record ExecuteResponse
{
    /// <summary>Most bytes of a response's RopBuffer, for a server that announced ultra-large downloads (MS-OXCRPC 3.1.4.2).</summary>
    public const int MaxRopBufferSize = 0x100000;

    /// <summary>0, or a failure below the method: <see cref="MapiErrorCode.BufferTooSmall"/> as a number, say.</summary>
    public uint StatusCode { get; init; }

    /// <summary>The method's result.</summary>
    public MapiErrorCode ErrorCode { get; init; }

    /// <summary>Reserved: 0.</summary>
    public uint Flags { get; init; }

    /// <summary>The answers as on the wire, see <see cref="MapiGate.Protocol.RopBuffer"/>.</summary>
    public ReadOnlyMemory<byte> RopBuffer { get; init; }

    /// <summary>The auxiliary buffer as on the wire.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>A request that was not carried out.</summary>
    public static ExecuteResponse Failed(MapiErrorCode code) => new() { ErrorCode = code };

    /// <summary>Reads a body. Bytes after its end are ignored.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out ExecuteResponse? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidResponseBody;
        uint flags = 0;
        ReadOnlySpan<byte> rops = default;
        var reader = new WireReader(body);
        if (!reader.TryReadStatus(out uint statusCode, out MapiErrorCode errorCode)
            || (statusCode == 0 && !(reader.TryReadUInt32(out flags) && reader.TryReadCounted(MaxRopBufferSize, out rops)))
            || !reader.TryReadAuxiliary(out ReadOnlyMemory<byte> auxiliary))
        {
            return false;
        }

        error = WireError.None;
        value = new ExecuteResponse
        {
            StatusCode = statusCode,
            ErrorCode = errorCode,
            Flags = flags,
            RopBuffer = rops.ToArray(),
            AuxiliaryBuffer = auxiliary,
        };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out ExecuteResponse?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out ExecuteResponse? value) =>
        TryRead(body, out value, out _);

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteUInt32(StatusCode);
        if (StatusCode == 0)
        {
            output.WriteUInt32((uint)ErrorCode);
            output.WriteUInt32(Flags);
            output.WriteCounted(RopBuffer);
        }

        output.WriteCounted(AuxiliaryBuffer);
    }

    /// <summary>The body as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
