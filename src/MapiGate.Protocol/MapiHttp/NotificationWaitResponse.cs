using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>The end of a long poll: the body of a NotificationWait response.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.4.4.2 and 2.2.4.4.3. With a StatusCode that is not 0, only the auxiliary buffer follows it.
/// <code>
/// StatusCode   4
/// ErrorCode    4
/// EventPending 4  0 or 1
/// AuxiliaryBufferSize 4, AuxiliaryBuffer
/// </code>
/// </remarks>
public sealed record NotificationWaitResponse
{
    /// <summary>0, or a failure below the method.</summary>
    public uint StatusCode { get; init; }

    /// <summary>The method's result.</summary>
    public MapiErrorCode ErrorCode { get; init; }

    /// <summary>Whether the client should fetch events by an Execute. On the wire, any value but 0 is read as true.</summary>
    public bool EventPending { get; init; }

    /// <summary>The auxiliary buffer as on the wire.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>Reads a body. Bytes after its end are ignored.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> body, [NotNullWhen(true)] out NotificationWaitResponse? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidResponseBody;
        uint eventPending = 0;
        var reader = new WireReader(body);
        if (!reader.TryReadStatus(out uint statusCode, out MapiErrorCode errorCode)
            || (statusCode == 0 && !reader.TryReadUInt32(out eventPending))
            || !reader.TryReadAuxiliary(out ReadOnlyMemory<byte> auxiliary))
        {
            return false;
        }

        error = WireError.None;
        value = new NotificationWaitResponse
        {
            StatusCode = statusCode,
            ErrorCode = errorCode,
            EventPending = eventPending != 0,
            AuxiliaryBuffer = auxiliary,
        };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out NotificationWaitResponse?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out NotificationWaitResponse? value) =>
        TryRead(body, out value, out _);

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteUInt32(StatusCode);
        if (StatusCode == 0)
        {
            output.WriteUInt32((uint)ErrorCode);
            output.WriteUInt32(EventPending ? 1u : 0u);
        }

        output.WriteCounted(AuxiliaryBuffer);
    }

    /// <summary>The body as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
