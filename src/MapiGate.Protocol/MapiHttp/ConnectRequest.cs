using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>A logon over MAPI/HTTP: the body of a Connect request.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.4.1.1. The client's version is not here but in X-ClientApplication.
/// <code>
/// UserDn               8-bit characters, NUL
/// Flags             4
/// DefaultCodePage   4
/// LcidSort          4  before LcidString, unlike in EcDoConnectEx
/// LcidString        4
/// AuxiliaryBufferSize 4, AuxiliaryBuffer
/// </code>
/// </remarks>
public sealed record ConnectRequest
{
    /// <summary>The distinguished name of the mailbox's user; claimed. Empty is refused with <see cref="MapiErrorCode.AccessDenied"/>.</summary>
    public string UserDn { get; init; } = string.Empty;

    /// <summary>0 user access, 1 administrator, 0x8000 ignore missing public folders.</summary>
    public uint Flags { get; init; }

    /// <summary>The code page of the client's 8-bit strings.</summary>
    public uint DefaultCodePage { get; init; } = 1252;

    /// <summary>The locale that the client sorts by.</summary>
    public uint LcidSort { get; init; } = 1033;

    /// <summary>The locale for everything else.</summary>
    public uint LcidString { get; init; } = 1033;

    /// <summary>The auxiliary buffer as on the wire, at most 0x1008 bytes.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>What <see cref="AuxiliaryBuffer"/> said when the request was read. Not written.</summary>
    public AuxiliaryInfo Auxiliary { get; init; } = AuxiliaryInfo.Empty;

    /// <summary>What was odd about the body or its auxiliary buffer.</summary>
    public AuxiliaryWarnings Warnings { get; init; }

    /// <summary>Reads a body.</summary>
    /// <returns>
    /// False if the body does not parse. A body whose auxiliary buffer does not is a request from an unknown client,
    /// see <see cref="AuxiliaryInfo.Error"/>.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out ConnectRequest? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidRequestBody;
        var reader = new WireReader(body);
        if (!reader.TryReadLatin1(WireWriter.MaxStringLength, out string? userDn)
            || !reader.TryReadUInt32(out uint flags)
            || !reader.TryReadUInt32(out uint codePage)
            || !reader.TryReadUInt32(out uint lcidSort)
            || !reader.TryReadUInt32(out uint lcidString)
            || !reader.TryReadAuxiliary(out ReadOnlyMemory<byte> auxiliaryBuffer))
        {
            return false;
        }

        error = WireError.None;
        AuxiliaryInfo auxiliary = AuxiliaryInfo.Read(auxiliaryBuffer.Span);
        value = new ConnectRequest
        {
            UserDn = userDn,
            Flags = flags,
            DefaultCodePage = codePage,
            LcidSort = lcidSort,
            LcidString = lcidString,
            AuxiliaryBuffer = auxiliaryBuffer,
            Auxiliary = auxiliary,
            Warnings = auxiliary.Warnings | reader.JudgeEnd(),
        };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out ConnectRequest?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out ConnectRequest? value) =>
        TryRead(body, out value, out _);

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLatin1(UserDn);
        output.WriteUInt32(Flags);
        output.WriteUInt32(DefaultCodePage);
        output.WriteUInt32(LcidSort);
        output.WriteUInt32(LcidString);
        output.WriteCounted(AuxiliaryBuffer);
    }

    /// <summary>The body as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
