using System.Numerics;

namespace MapiGate.Protocol;

/// <summary>The obfuscation of a payload: every byte XORed with 0xA5, which undoes itself (MS-OXCRPC 3.1.4.2.1.3).</summary>
internal static class XorMagic
{
    private const byte Magic = 0xA5;

    /// <param name="source">The bytes to change.</param>
    /// <param name="destination">At least as long; may be the same memory.</param>
    public static void Apply(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var magic = new Vector<byte>(Magic);
        int i = 0;
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(source[i..]) ^ magic).CopyTo(destination[i..]);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = (byte)(source[i] ^ Magic);
        }
    }
}
