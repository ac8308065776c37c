using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>The account that the client uses: AUX_PERF_ACCOUNTINFO.</summary>
/// <remarks>
/// MS-OXCRPC 2.2.2.2, type 0x18. Offsets count from AUX_HEADER:
/// <code>
/// 4  ClientID   2
/// 6  Reserved   2
/// 8  Account   16  GUID
/// </code>
/// </remarks>
internal static class AccountInfoBlock
{
    private const int Length = 24;

    public static void Read(ReadOnlySpan<byte> block, AuxiliaryInfoBuilder builder)
    {
        if (block.Length < Length)
        {
            builder.Warnings |= AuxiliaryWarnings.BlockTooShort;
            return;
        }

        builder.AccountId ??= new Guid(block.Slice(8, 16));
    }

    public static void Write(IBufferWriter<byte> output, Guid account)
    {
        output.WriteBlockHeader(AuxiliaryBlockId.AccountInfo, Length);
        output.WriteUInt16(1);
        output.WriteUInt16(0);
        output.WriteGuid(account);
    }
}
