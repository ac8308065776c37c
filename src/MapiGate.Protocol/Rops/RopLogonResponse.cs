using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>The answer to RopLogon: a private mailbox, or why not.</summary>
/// <remarks>
/// MS-OXCROPS 2.2.3.1.2 and 2.2.3.1.4; MS-OXCSTOR 2.2.1.1.3. 166 bytes on success:
/// <code>
/// RopId              1  0xFE
/// OutputHandleIndex  1
/// ReturnValue        4  0; on failure nothing follows, but for ecWrongServer LogonFlags 1, ServerNameSize 1, ServerName
/// LogonFlags         1
/// FolderIds        104  13 of 8 bytes
/// ResponseFlags      1
/// MailboxGuid       16
/// ReplId             2
/// ReplGuid          16
/// LogonTime          8
/// GwartTime          8
/// StoreState         4  0
/// </code>
/// </remarks>
public sealed record RopLogonResponse
{
    /// <summary>How many special folders a private mailbox names.</summary>
    public const int FolderCount = 13;

    private const byte PrivateLogon = 0x01;

    /// <summary>Where in the handle table the new object's handle is; as the request said.</summary>
    public byte OutputHandleIndex { get; init; }

    /// <summary>Anything but <see cref="MapiErrorCode.Success"/> refuses the mailbox.</summary>
    public MapiErrorCode ReturnValue { get; init; }

    /// <summary>As in the request.</summary>
    public byte LogonFlags { get; init; } = PrivateLogon;

    /// <summary>
    /// The ids of 13 folders: root, deferred action, spooler queue, IPM subtree, inbox, outbox, sent items, deleted
    /// items, common views, schedule, search, views, shortcuts. Missing ones are written as 0.
    /// </summary>
    /// <remarks>Each is a replica id in the low 16 bits and a counter, its most significant byte first on the wire.</remarks>
    public IReadOnlyList<ulong> FolderIds { get; init; } = [];

    /// <summary>1 always, 2 owner, 4 may send as, 0x10 out of office.</summary>
    public byte ResponseFlags { get; init; } = 1;

    /// <summary>The mailbox's id.</summary>
    public Guid MailboxGuid { get; init; }

    /// <summary>The short id that stands for <see cref="ReplGuid"/>.</summary>
    public ushort ReplId { get; init; }

    /// <summary>The namespace of the ids in this mailbox.</summary>
    public Guid ReplGuid { get; init; }

    /// <summary>The server's time at logon, UTC, to the second; null if it is no date.</summary>
    public DateTimeOffset? LogonTime { get; init; }

    /// <summary>Opaque.</summary>
    public ulong GwartTime { get; init; }

    /// <summary>Reserved: 0.</summary>
    public uint StoreState { get; init; }

    /// <summary>With <see cref="MapiErrorCode.WrongServer"/>, where the mailbox is. At most 254 8-bit characters.</summary>
    public string ServerName { get; init; } = string.Empty;

    /// <summary>A refused mailbox.</summary>
    public static RopLogonResponse Refused(byte outputHandleIndex, MapiErrorCode code) =>
        new() { OutputHandleIndex = outputHandleIndex, ReturnValue = code };

    /// <summary>Reads a response at the start of <paramref name="rops"/>. One for public folders is not read.</summary>
    /// <param name="rops">The response ROPs.</param>
    /// <param name="value">The response.</param>
    /// <param name="length">How many bytes it has: the next response begins there.</param>
    /// <param name="error">Why not.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> rops, [NotNullWhen(true)] out RopLogonResponse? value, out int length, out WireError error)
    {
        var reader = new WireReader(rops);
        value = Read(ref reader);
        length = value is null ? 0 : reader.Position;
        error = value is null ? WireError.RpcFormat : WireError.None;
        return value is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out RopLogonResponse?, out int, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> rops, [NotNullWhen(true)] out RopLogonResponse? value) =>
        TryRead(rops, out value, out _, out _);

    /// <summary>Writes the response, RopId included.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteByte((byte)RopId.Logon);
        output.WriteByte(OutputHandleIndex);
        output.WriteUInt32((uint)ReturnValue);
        if (ReturnValue == MapiErrorCode.Success)
        {
            WriteMailbox(output);
        }
        else if (ReturnValue == MapiErrorCode.WrongServer)
        {
            ReadOnlySpan<char> name = WireWriter.BeforeNul(ServerName);
            name = name[..Math.Min(name.Length, byte.MaxValue - 1)];
            output.WriteByte(LogonFlags);
            output.WriteByte((byte)(name.Length + 1));
            output.WriteLatin1(name.ToString());
        }
    }

    /// <summary>The response as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);

    private static RopLogonResponse? Read(ref WireReader reader)
    {
        if (!reader.TryReadByte(out byte ropId)
            || ropId != (byte)RopId.Logon
            || !reader.TryReadByte(out byte outputHandleIndex)
            || !reader.TryReadUInt32(out uint returnValue))
        {
            return null;
        }

        RopLogonResponse head = Refused(outputHandleIndex, (MapiErrorCode)returnValue);
        return head.ReturnValue switch
        {
            MapiErrorCode.Success => ReadMailbox(ref reader, head),
            MapiErrorCode.WrongServer => ReadRedirection(ref reader, head),
            _ => head,
        };
    }

    private static RopLogonResponse? ReadRedirection(ref WireReader reader, RopLogonResponse head) =>
        reader.TryReadByte(out byte logonFlags)
        && reader.TryReadByte(out byte size)
        && reader.TryReadBytes(size, out ReadOnlySpan<byte> name)
            ? head with { LogonFlags = logonFlags, ServerName = WireReader.Latin1BeforeNul(name) }
            : null;

    private static RopLogonResponse? ReadMailbox(ref WireReader reader, RopLogonResponse head)
    {
        var folderIds = new ulong[FolderCount];
        if (!reader.TryReadByte(out byte logonFlags) || (logonFlags & PrivateLogon) == 0)
        {
            return null;
        }

        foreach (ref ulong folderId in folderIds.AsSpan())
        {
            if (!reader.TryReadUInt64(out folderId))
            {
                return null;
            }
        }

        return reader.TryReadByte(out byte responseFlags)
            && reader.TryReadGuid(out Guid mailboxGuid)
            && reader.TryReadUInt16(out ushort replId)
            && reader.TryReadGuid(out Guid replGuid)
            && LogonTimeField.TryRead(ref reader, out DateTimeOffset? logonTime)
            && reader.TryReadUInt64(out ulong gwartTime)
            && reader.TryReadUInt32(out uint storeState)
            ? head with
            {
                LogonFlags = logonFlags,
                FolderIds = folderIds,
                ResponseFlags = responseFlags,
                MailboxGuid = mailboxGuid,
                ReplId = replId,
                ReplGuid = replGuid,
                LogonTime = logonTime,
                GwartTime = gwartTime,
                StoreState = storeState,
            }
            : null;
    }

    private void WriteMailbox(IBufferWriter<byte> output)
    {
        output.WriteByte(LogonFlags);
        for (int i = 0; i < FolderCount; i++)
        {
            output.WriteUInt64(i < FolderIds.Count ? FolderIds[i] : 0);
        }

        output.WriteByte(ResponseFlags);
        output.WriteGuid(MailboxGuid);
        output.WriteUInt16(ReplId);
        output.WriteGuid(ReplGuid);
        LogonTimeField.Write(output, LogonTime);
        output.WriteUInt64(GwartTime);
        output.WriteUInt32(StoreState);
    }
}
