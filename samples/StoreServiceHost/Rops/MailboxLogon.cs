using System.Buffers.Binary;
using MapiGate.Protocol;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Rops;

/// <summary>What a client is told of the mailbox it has opened (MS-OXCSTOR 2.2.1.1.3).</summary>
internal static class MailboxLogon
{
    /// <summary>The client owns the mailbox, and may send as its owner; the lowest bit is always set.</summary>
    private const byte OwnerRights = 0x01 | 0x02 | 0x04;

    /// <summary>The short id by which this store's folder ids name the store. Any will do; gromox uses this one, too.</summary>
    private const ushort ReplicaId = 5;

    private static readonly Guid ReplicaGuid = new("7c2f6d61-3c1b-4f0e-9d38-52b0a6c1e4f7");

    /// <summary>The thirteen special folders, numbered from 1 in the order of the response.</summary>
    private static readonly ulong[] FolderIds = [.. Enumerable.Range(1, RopLogonResponse.FolderCount).Select(number => FolderId((ulong)number))];

    public static RopLogonResponse Answer(Mailbox mailbox, RopLogonRequest request, DateTimeOffset now) => new()
    {
        OutputHandleIndex = request.OutputHandleIndex,
        LogonFlags = request.LogonFlags,
        FolderIds = FolderIds,
        ResponseFlags = OwnerRights,
        MailboxGuid = mailbox.Id,
        ReplId = ReplicaId,
        ReplGuid = ReplicaGuid,
        LogonTime = now,
    };

    /// <summary>The replica id, then a 48-bit counter whose most significant byte comes first.</summary>
    private static ulong FolderId(ulong counter) => ReplicaId | BinaryPrimitives.ReverseEndianness(counter);
}
