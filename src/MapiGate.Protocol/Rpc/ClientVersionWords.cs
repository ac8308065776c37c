using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>A version on the RPC wire: three words, 6 bytes; see <see cref="ClientVersion.FromWords"/>.</summary>
internal static class ClientVersionWords
{
    public static bool TryReadVersion(ref this WireReader reader, out Version version)
    {
        bool read = reader.TryReadUInt16(out ushort word0) & reader.TryReadUInt16(out ushort word1) & reader.TryReadUInt16(out ushort word2);
        version = ClientVersion.FromWords(word0, word1, word2);
        return read;
    }

    /// <summary>A version that has no words is written as zeros.</summary>
    public static void WriteVersion(this IBufferWriter<byte> output, Version version)
    {
        _ = ClientVersion.TryToWords(version, out (ushort Word0, ushort Word1, ushort Word2) words);
        output.WriteUInt16(words.Word0);
        output.WriteUInt16(words.Word1);
        output.WriteUInt16(words.Word2);
    }
}
