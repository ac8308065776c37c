using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>Writes what a client says about itself.</summary>
public static class AuxiliaryWriter
{
    /// <summary>An auxiliary buffer that <see cref="AuxiliaryInfo.Read"/> reads back as <paramref name="info"/>.</summary>
    /// <param name="info">
    /// What to say. <see cref="AuxiliaryInfo.Blocks"/>, <see cref="AuxiliaryInfo.Warnings"/> and
    /// <see cref="AuxiliaryInfo.Error"/> are not written; blocks follow from the other properties.
    /// </param>
    /// <param name="flags">How to pack it. Without <see cref="ExtendedBufferFlags.Last"/> it is not quite legal.</param>
    /// <exception cref="ArgumentException">It does not fit the 0x1008 bytes that an auxiliary buffer may have.</exception>
    public static byte[] Write(AuxiliaryInfo info, ExtendedBufferFlags flags = ExtendedBufferFlags.Last)
    {
        ArgumentNullException.ThrowIfNull(info);
        byte[] aux = WireWriter.ToArray(output => ExtendedBuffer.Write(output, WireWriter.ToArray(o => WriteBlocks(o, info)), flags));
        return aux.Length <= ExtendedBuffer.MaxAuxiliarySize
            ? aux
            : throw new ArgumentException(
                $"An auxiliary buffer has at most {ExtendedBuffer.MaxAuxiliarySize} bytes; this one has {aux.Length}.", nameof(info));
    }

    private static void WriteBlocks(IBufferWriter<byte> output, AuxiliaryInfo info)
    {
        if (ClientInfoBlockWriter.HasContent(info))
        {
            ClientInfoBlockWriter.Write(output, info);
        }

        if (info.AccountId is { } account)
        {
            AccountInfoBlock.Write(output, account);
        }

        foreach (string processName in info.ProcessNames)
        {
            ProcessInfoBlock.Write(output, processName);
        }

        if (info.ConnectionFlags is { } connectionFlags)
        {
            ClientConnectionInfoBlock.Write(output, connectionFlags);
        }
    }
}
