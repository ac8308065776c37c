using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>A logon over RPC: the request stub of EcDoConnectEx, opnum 10 of EMSMDB.</summary>
/// <remarks>
/// MS-OXCRPC 3.1.4.1, in NDR:
/// <code>
/// szUserDN                 conformant varying string, 8-bit characters, padded to 4
/// ulFlags               4
/// ulConMod              4
/// cbLimit               4  0
/// ulCpid                4
/// ulLcidString          4  before ulLcidSort, unlike in a Connect body
/// ulLcidSort            4
/// ulIcxrLink            4  0xFFFFFFFF: no other session
/// usFCanConvertCodePages 2 1
/// rgwClientVersion      6  three words
/// pulTimeStamp          4
/// rgbAuxIn                 conformant array, padded to 4
/// cbAuxIn               4  as many as rgbAuxIn has
/// pcbAuxOut             4  at most 0x1008
/// </code>
/// </remarks>
public sealed record EcDoConnectExRequest
{
    /// <summary>The distinguished name of the mailbox's user; claimed.</summary>
    public string UserDn { get; init; } = string.Empty;

    /// <summary>0 user access, 1 administrator, 0x8000 ignore missing public folders.</summary>
    public uint Flags { get; init; }

    /// <summary>ulConMod: a hash of the DN, for a server's own use.</summary>
    public uint ConnectionModulus { get; init; }

    /// <summary>The code page of the client's 8-bit strings.</summary>
    public uint CodePage { get; init; } = 1252;

    /// <summary>The locale for everything but sorting.</summary>
    public uint LcidString { get; init; } = 1033;

    /// <summary>The locale that the client sorts by.</summary>
    public uint LcidSort { get; init; } = 1033;

    /// <summary>The session index to link to; 0xFFFFFFFF for none.</summary>
    public uint SessionLink { get; init; } = 0xFFFFFFFF;

    /// <summary>The client's version, normalised.</summary>
    public Version ClientVersion { get; init; } = new(0, 0, 0, 0);

    /// <summary>pulTimeStamp: 0, or what an earlier response said.</summary>
    public uint TimeStamp { get; init; }

    /// <summary>The auxiliary buffer as on the wire, at most 0x1008 bytes.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>Most bytes of the response's auxiliary buffer, at most 0x1008.</summary>
    public uint MaxAuxiliaryOut { get; init; } = ExtendedBuffer.MaxAuxiliarySize;

    /// <summary>What <see cref="AuxiliaryBuffer"/> said when the stub was read. Not written.</summary>
    /// <remarks>Its error <see cref="WireError.AuxTooShort"/> is answered with <see cref="MapiErrorCode.RpcFailed"/>.</remarks>
    public AuxiliaryInfo Auxiliary { get; init; } = AuxiliaryInfo.Empty;

    /// <summary>Reads a stub. Bytes after its end are ignored: transports pad.</summary>
    /// <returns>False if it does not parse, or asks for more than it may: answer with the RPC fault 0x6F7.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> stub, [NotNullWhen(true)] out EcDoConnectExRequest? value, out WireError error)
    {
        value = null;
        error = WireError.BadStubData;
        var reader = new WireReader(stub);
        if (!Ndr.TryReadString(ref reader, out string? userDn)
            || !reader.TryReadUInt32(out uint flags)
            || !reader.TryReadUInt32(out uint connectionModulus)
            || !reader.TryReadUInt32(out _)
            || !reader.TryReadUInt32(out uint codePage)
            || !reader.TryReadUInt32(out uint lcidString)
            || !reader.TryReadUInt32(out uint lcidSort)
            || !reader.TryReadUInt32(out uint sessionLink)
            || !reader.TryReadUInt16(out _)
            || !reader.TryReadVersion(out Version clientVersion)
            || !reader.TryReadUInt32(out uint timeStamp)
            || !Ndr.TryReadConformant(ref reader, ExtendedBuffer.MaxAuxiliarySize, out ReadOnlySpan<byte> auxiliary)
            || !reader.TryReadUInt32(out uint auxiliaryLength)
            || auxiliaryLength != auxiliary.Length
            || !reader.TryReadUInt32(out uint maxAuxiliaryOut)
            || maxAuxiliaryOut > ExtendedBuffer.MaxAuxiliarySize)
        {
            return false;
        }

        error = WireError.None;
        value = new EcDoConnectExRequest
        {
            UserDn = userDn,
            Flags = flags,
            ConnectionModulus = connectionModulus,
            CodePage = codePage,
            LcidString = lcidString,
            LcidSort = lcidSort,
            SessionLink = sessionLink,
            ClientVersion = clientVersion,
            TimeStamp = timeStamp,
            AuxiliaryBuffer = auxiliary.ToArray(),
            MaxAuxiliaryOut = maxAuxiliaryOut,
            Auxiliary = AuxiliaryInfo.Read(auxiliary),
        };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out EcDoConnectExRequest?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> stub, [NotNullWhen(true)] out EcDoConnectExRequest? value) =>
        TryRead(stub, out value, out _);

    /// <summary>Writes the stub. The version is written in the scheme with a minor number.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Ndr.WriteString(output, UserDn);
        output.WriteUInt32(Flags);
        output.WriteUInt32(ConnectionModulus);
        output.WriteUInt32(0);
        output.WriteUInt32(CodePage);
        output.WriteUInt32(LcidString);
        output.WriteUInt32(LcidSort);
        output.WriteUInt32(SessionLink);
        output.WriteUInt16(1);
        output.WriteVersion(ClientVersion);
        output.WriteUInt32(TimeStamp);
        Ndr.WriteConformant(output, AuxiliaryBuffer);
        output.WriteUInt32((uint)AuxiliaryBuffer.Length);
        output.WriteUInt32(MaxAuxiliaryOut);
    }

    /// <summary>The stub as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
