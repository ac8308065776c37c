using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>Opens a mailbox: RopLogon.</summary>
/// <remarks>
/// MS-OXCROPS 2.2.3.1.1:
/// <code>
/// RopId              1  0xFE
/// LogonId            1
/// OutputHandleIndex  1
/// LogonFlags         1
/// OpenFlags          4
/// StoreState         4  0
/// EssdnSize          2  with the NUL
/// Essdn                 8-bit characters, NUL
/// </code>
/// </remarks>
public sealed record RopLogonRequest : RopRequest
{
    /// <inheritdoc/>
    public override RopId RopId => RopId.Logon;

    /// <summary>Where in the handle table the new object's handle goes.</summary>
    public byte OutputHandleIndex { get; init; }

    /// <summary>1 private mailbox, 2 undercover, 4 ghosted (MS-OXCSTOR 2.2.1.1.1).</summary>
    public byte LogonFlags { get; init; } = 1;

    /// <summary>1 admin, 2 public, 4 home logon, 8 take ownership, 0x01000000 per-MDB REPLID mapping (MS-OXCSTOR 2.2.1.1.1).</summary>
    public uint OpenFlags { get; init; } = 0x01000004;

    /// <summary>Reserved: 0.</summary>
    public uint StoreState { get; init; }

    /// <summary>The mailbox's DN; claimed. Without its NUL.</summary>
    public string Essdn { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteByte((byte)RopId);
        output.WriteByte(LogonId);
        output.WriteByte(OutputHandleIndex);
        output.WriteByte(LogonFlags);
        output.WriteUInt32(OpenFlags);
        output.WriteUInt32(StoreState);
        if (Essdn.Length == 0)
        {
            output.WriteUInt16(0);
            return;
        }

        output.WriteUInt16((ushort)(WireWriter.BeforeNul(Essdn).Length + 1));
        output.WriteLatin1(Essdn);
    }

    /// <summary>Reads what follows RopId and LogonId.</summary>
    internal static bool TryReadBody(ref WireReader reader, byte logonId, out RopRequest? value)
    {
        value = null;
        if (!reader.TryReadByte(out byte outputHandleIndex)
            || !reader.TryReadByte(out byte logonFlags)
            || !reader.TryReadUInt32(out uint openFlags)
            || !reader.TryReadUInt32(out uint storeState)
            || !reader.TryReadUInt16(out ushort essdnSize)
            || essdnSize > WireWriter.MaxStringLength + 1
            || !reader.TryReadBytes(essdnSize, out ReadOnlySpan<byte> essdn))
        {
            return false;
        }

        value = new RopLogonRequest
        {
            LogonId = logonId,
            OutputHandleIndex = outputHandleIndex,
            LogonFlags = logonFlags,
            OpenFlags = openFlags,
            StoreState = storeState,
            Essdn = WireReader.Latin1BeforeNul(essdn),
        };
        return true;
    }
}
