using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>The answer to a logon over RPC: the response stub of EcDoConnectEx.</summary>
/// <remarks>
/// MS-OXCRPC 3.1.4.1, in NDR:
/// <code>
/// pcxh            20  attributes 4, GUID 16; all zero when refused
/// pcmsPollsMax     4
/// pcRetry          4
/// pcmsRetryDelay   4
/// piCxr            2  and 2 of padding
/// szDNPrefix          pointer to a string
/// szDisplayName       pointer to a string, in the request's code page
/// rgwServerVersion 6
/// rgwBestVersion   6
/// pulTimeStamp     4
/// rgbAuxOut           conformant varying array
/// pcbAuxOut        4
/// result           4
/// </code>
/// </remarks>
public sealed record EcDoConnectExResponse
{
    /// <summary>The session's handle; <see cref="Guid.Empty"/> when refused.</summary>
    public Guid SessionHandle { get; init; }

    /// <summary>Milliseconds between a client's polls for notifications.</summary>
    public uint PollsMax { get; init; }

    /// <summary>How often to try a failed call again.</summary>
    public uint RetryCount { get; init; }

    /// <summary>Milliseconds between such tries.</summary>
    public uint RetryDelay { get; init; }

    /// <summary>The session's index, to link others to it.</summary>
    public ushort SessionIndex { get; init; }

    /// <summary>What to put before DNs; may be empty.</summary>
    public string DnPrefix { get; init; } = string.Empty;

    /// <summary>The user's display name. Written as Latin-1, whatever code page the client asked for.</summary>
    public string DisplayName { get; init; } = string.Empty;

    /// <summary>The server's version.</summary>
    public Version ServerVersion { get; init; } = new(0, 0, 0, 0);

    /// <summary>The client's version again, or the oldest allowed with <see cref="MapiErrorCode.VersionMismatch"/>.</summary>
    public Version BestVersion { get; init; } = new(0, 0, 0, 0);

    /// <summary>When the session began, in the server's own counting.</summary>
    public uint TimeStamp { get; init; }

    /// <summary>The auxiliary buffer as on the wire, see <see cref="ServerAuxiliary"/>.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>The method's result; anything but <see cref="MapiErrorCode.Success"/> refuses the logon.</summary>
    public MapiErrorCode ErrorCode { get; init; }

    /// <summary>A refused logon: no session handle, and all the rest empty.</summary>
    /// <param name="code">Why.</param>
    /// <param name="bestVersion">The oldest version allowed, for <see cref="MapiErrorCode.VersionMismatch"/>.</param>
    public static EcDoConnectExResponse Refused(MapiErrorCode code, Version? bestVersion = null) =>
        new() { ErrorCode = code, BestVersion = bestVersion ?? new Version(0, 0, 0, 0) };

    /// <summary>Reads a stub. Bytes after its end are ignored.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> stub, [NotNullWhen(true)] out EcDoConnectExResponse? value, out WireError error)
    {
        value = null;
        error = WireError.BadStubData;
        var reader = new WireReader(stub);
        if (!reader.TryReadUInt32(out _)
            || !reader.TryReadGuid(out Guid sessionHandle)
            || !reader.TryReadUInt32(out uint pollsMax)
            || !reader.TryReadUInt32(out uint retryCount)
            || !reader.TryReadUInt32(out uint retryDelay)
            || !reader.TryReadUInt16(out ushort sessionIndex)
            || !reader.TryAlign4()
            || !Ndr.TryReadStringPointer(ref reader, out string? dnPrefix)
            || !Ndr.TryReadStringPointer(ref reader, out string? displayName)
            || !reader.TryReadVersion(out Version serverVersion)
            || !reader.TryReadVersion(out Version bestVersion)
            || !reader.TryReadUInt32(out uint timeStamp)
            || !Ndr.TryReadVarying(ref reader, ExtendedBuffer.MaxAuxiliarySize, out ReadOnlySpan<byte> auxiliary)
            || !reader.TryReadUInt32(out uint auxiliaryLength)
            || auxiliaryLength != auxiliary.Length
            || !reader.TryReadUInt32(out uint errorCode))
        {
            return false;
        }

        error = WireError.None;
        value = new EcDoConnectExResponse
        {
            SessionHandle = sessionHandle,
            PollsMax = pollsMax,
            RetryCount = retryCount,
            RetryDelay = retryDelay,
            SessionIndex = sessionIndex,
            DnPrefix = dnPrefix,
            DisplayName = displayName,
            ServerVersion = serverVersion,
            BestVersion = bestVersion,
            TimeStamp = timeStamp,
            AuxiliaryBuffer = auxiliary.ToArray(),
            ErrorCode = (MapiErrorCode)errorCode,
        };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out EcDoConnectExResponse?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> stub, [NotNullWhen(true)] out EcDoConnectExResponse? value) =>
        TryRead(stub, out value, out _);

    /// <summary>Writes the stub.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteUInt32(0);
        output.WriteGuid(SessionHandle);
        output.WriteUInt32(PollsMax);
        output.WriteUInt32(RetryCount);
        output.WriteUInt32(RetryDelay);
        output.WriteUInt16(SessionIndex);
        output.WriteZeros(2);
        Ndr.WriteStringPointer(output, DnPrefix);
        Ndr.WriteStringPointer(output, DisplayName);
        output.WriteVersion(ServerVersion);
        output.WriteVersion(BestVersion);
        output.WriteUInt32(TimeStamp);
        Ndr.WriteVarying(output, AuxiliaryBuffer);
        output.WriteUInt32((uint)AuxiliaryBuffer.Length);
        output.WriteUInt32((uint)ErrorCode);
    }

    /// <summary>The stub as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
