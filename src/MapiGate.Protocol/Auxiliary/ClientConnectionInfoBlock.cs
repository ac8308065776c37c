using System.Buffers;
using System.Buffers.Binary;

namespace MapiGate.Protocol;

/// <summary>How the client came to connect: AUX_CLIENT_CONNECTION_INFO.</summary>
/// <remarks>
/// MS-OXCRPC 2.2.2.2, type 0x4A. Offsets count from AUX_HEADER:
/// <code>
///  4  ConnectionGUID               16
/// 20  OffsetConnectionContextInfo   2
/// 22  Reserved                      2
/// 24  ConnectionAttempts            4  two bytes in an older requirement list; parsers in the field read four
/// 28  ConnectionFlags               4  1: cached mode
/// 32  ConnectionContextInfo            UTF-16LE, NUL; not read
/// </code>
/// </remarks>
internal static class ClientConnectionInfoBlock
{
    private const int FixedLength = 32;

    public static void Read(ReadOnlySpan<byte> block, AuxiliaryInfoBuilder builder)
    {
        if (block.Length < FixedLength)
        {
            builder.Warnings |= AuxiliaryWarnings.BlockTooShort;
            return;
        }

        builder.ConnectionFlags ??= BinaryPrimitives.ReadUInt32LittleEndian(block[28..]);
    }

    public static void Write(IBufferWriter<byte> output, uint connectionFlags)
    {
        output.WriteBlockHeader(AuxiliaryBlockId.ClientConnectionInfo, FixedLength);
        output.WriteZeros(16 + 2 + 2);
        output.WriteUInt32(1);
        output.WriteUInt32(connectionFlags);
    }
}
