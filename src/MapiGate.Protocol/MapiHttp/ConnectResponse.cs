using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>The answer to a logon: the body of a Connect response.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.4.1.2 and 2.2.4.1.3. With a StatusCode that is not 0, only the auxiliary buffer follows it.
/// <code>
/// StatusCode   4
/// ErrorCode    4
/// PollsMax     4
/// RetryCount   4
/// RetryDelay   4
/// DnPrefix        8-bit characters, NUL
/// DisplayName     UTF-16LE, NUL
/// AuxiliaryBufferSize 4, AuxiliaryBuffer
/// </code>
/// </remarks>
public sealed record ConnectResponse
{
    /// <summary>0, or a failure below the method: <see cref="MapiErrorCode.ServerTooBusy"/> as a number, say.</summary>
    public uint StatusCode { get; init; }

    /// <summary>The method's result; anything but <see cref="MapiErrorCode.Success"/> refuses the logon.</summary>
    public MapiErrorCode ErrorCode { get; init; }

    /// <summary>Milliseconds between a client's polls for notifications.</summary>
    public uint PollsMax { get; init; }

    /// <summary>How often to try a failed call again.</summary>
    public uint RetryCount { get; init; }

    /// <summary>Milliseconds between such tries.</summary>
    public uint RetryDelay { get; init; }

    /// <summary>What to put before DNs; may be empty.</summary>
    public string DnPrefix { get; init; } = string.Empty;

    /// <summary>The user's display name.</summary>
    public string DisplayName { get; init; } = string.Empty;

    /// <summary>The auxiliary buffer as on the wire, see <see cref="ServerAuxiliary"/>.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>A refused logon: StatusCode 0, the code, and all the rest empty. It comes without session cookies.</summary>
    /// <remarks>The shape follows from the specification; that Exchange answers just so is unconfirmed.</remarks>
    public static ConnectResponse Refused(MapiErrorCode code) => new() { ErrorCode = code };

    /// <summary>Reads a body. Bytes after its end are ignored.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out ConnectResponse? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidResponseBody;
        var reader = new WireReader(body);
        if (!reader.TryReadStatus(out uint statusCode, out MapiErrorCode errorCode))
        {
            return false;
        }

        var response = new ConnectResponse { StatusCode = statusCode, ErrorCode = errorCode };
        if (statusCode == 0)
        {
            if (!reader.TryReadUInt32(out uint pollsMax)
                || !reader.TryReadUInt32(out uint retryCount)
                || !reader.TryReadUInt32(out uint retryDelay)
                || !reader.TryReadLatin1(WireWriter.MaxStringLength, out string? dnPrefix)
                || !reader.TryReadUtf16(WireWriter.MaxStringLength, out string? displayName))
            {
                return false;
            }

            response = response with
            {
                PollsMax = pollsMax,
                RetryCount = retryCount,
                RetryDelay = retryDelay,
                DnPrefix = dnPrefix,
                DisplayName = displayName,
            };
        }

        if (!reader.TryReadAuxiliary(out ReadOnlyMemory<byte> auxiliary))
        {
            return false;
        }

        value = response with { AuxiliaryBuffer = auxiliary };
        error = WireError.None;
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out ConnectResponse?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out ConnectResponse? value) =>
        TryRead(body, out value, out _);

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteUInt32(StatusCode);
        if (StatusCode == 0)
        {
            output.WriteUInt32((uint)ErrorCode);
            output.WriteUInt32(PollsMax);
            output.WriteUInt32(RetryCount);
            output.WriteUInt32(RetryDelay);
            output.WriteLatin1(DnPrefix);
            output.WriteUtf16(DisplayName);
        }

        output.WriteCounted(AuxiliaryBuffer);
    }

    /// <summary>The body as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
