using System.Buffers.Binary;

namespace MapiGate.Protocol;

/// <summary>Walks the blocks of one unpacked payload.</summary>
/// <remarks>
/// Each block begins with AUX_HEADER (MS-OXCRPC 2.2.2.2):
/// <code>
/// 0  Size     2  of the block, these 4 bytes included; need not be a multiple of 4
/// 2  Version  1
/// 3  Type     1
/// </code>
/// Unknown pairs of Version and Type are skipped, as the specification demands.
/// </remarks>
internal static class AuxiliaryBlocks
{
    public const int HeaderLength = 4;

    public static void Read(ReadOnlySpan<byte> payload, AuxiliaryInfoBuilder builder)
    {
        // Each turn takes at least HeaderLength bytes off the payload, or is the last.
        while (payload.Length >= HeaderLength)
        {
            int size = BinaryPrimitives.ReadUInt16LittleEndian(payload);
            if (size < HeaderLength)
            {
                builder.Warnings |= AuxiliaryWarnings.BlockSizeTooSmall;
                return;
            }

            if (size > payload.Length)
            {
                builder.Warnings |= AuxiliaryWarnings.BlockOverrun;
                size = payload.Length;
            }

            var id = new AuxiliaryBlockId(payload[2], payload[3]);
            builder.AddBlock(id);
            ReadBlock(id, payload[..size], builder);
            payload = payload[size..];
        }

        if (!payload.IsEmpty)
        {
            builder.Warnings |= AuxiliaryWarnings.TrailingBytes;
        }
    }

    private static void ReadBlock(AuxiliaryBlockId id, ReadOnlySpan<byte> block, AuxiliaryInfoBuilder builder)
    {
        if (id == AuxiliaryBlockId.ProcessInfo || id == AuxiliaryBlockId.ProcessInfoVersion1)
        {
            ProcessInfoBlock.Read(block, builder);
        }
        else if (id == AuxiliaryBlockId.ClientInfo)
        {
            ClientInfoBlock.Read(block, builder);
        }
        else if (id == AuxiliaryBlockId.AccountInfo)
        {
            AccountInfoBlock.Read(block, builder);
        }
        else if (id == AuxiliaryBlockId.ClientConnectionInfo)
        {
            ClientConnectionInfoBlock.Read(block, builder);
        }
    }
}
