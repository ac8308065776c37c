using System.Buffers;
using System.Buffers.Binary;

namespace MapiGate.Protocol;

/// <summary>The program that the client is: AUX_PERF_PROCESSINFO.</summary>
/// <remarks>
/// MS-OXCRPC 2.2.2.2.6; versions 1 and 2 of the header have the same layout. Offsets count from AUX_HEADER:
/// <code>
///  4  ProcessID          2  a counter of the client's own, not the operating system's id
///  6  Reserved_1         2
///  8  ProcessGuid       16
/// 24  ProcessNameOffset  2  0: no name
/// 26  Reserved_2         2
/// 28  ProcessName           UTF-16LE, NUL
/// </code>
/// </remarks>
internal static class ProcessInfoBlock
{
    private const int FixedLength = 28;

    public static void Read(ReadOnlySpan<byte> block, AuxiliaryInfoBuilder builder)
    {
        if (block.Length < FixedLength)
        {
            builder.Warnings |= AuxiliaryWarnings.BlockTooShort;
            return;
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(block[24..]);
        if (offset == 0)
        {
            return;
        }

        if (!BlockString.IsInRange(block, offset, FixedLength))
        {
            // A client in the field (ruler) sends 79 here, always, and its name right after the fixed part.
            builder.Warnings |= AuxiliaryWarnings.ProcessNameOffsetOutOfRange;
            offset = FixedLength;
            if (!BlockString.IsInRange(block, offset, FixedLength))
            {
                return;
            }
        }

        builder.AddProcessName(BlockString.Read(block, offset, builder));
    }

    public static void Write(IBufferWriter<byte> output, string processName)
    {
        ReadOnlySpan<char> name = WireWriter.BeforeNul(processName);
        output.WriteBlockHeader(AuxiliaryBlockId.ProcessInfo, FixedLength + ((name.Length + 1) * sizeof(char)));
        output.WriteUInt16(1);
        output.WriteZeros(2 + 16);
        output.WriteUInt16(FixedLength);
        output.WriteZeros(2);
        output.WriteUtf16(processName);
    }
}
