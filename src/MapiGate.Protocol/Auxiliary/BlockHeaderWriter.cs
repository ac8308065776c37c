using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>Writes AUX_HEADER; see <see cref="AuxiliaryBlocks"/> for its layout.</summary>
internal static class BlockHeaderWriter
{
    /// <param name="output">Where to.</param>
    /// <param name="id">Version and Type.</param>
    /// <param name="size">Of the whole block, this header included.</param>
    public static void WriteBlockHeader(this IBufferWriter<byte> output, AuxiliaryBlockId id, int size)
    {
        output.WriteUInt16((ushort)size);
        output.WriteByte(id.Version);
        output.WriteByte(id.Type);
    }
}
