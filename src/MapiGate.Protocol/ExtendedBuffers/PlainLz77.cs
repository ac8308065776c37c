namespace MapiGate.Protocol;

/// <summary>Plain LZ77, the compression of extended buffers: DIRECT2 of MS-OXCRPC 3.1.4.2.1.2.2, MS-XCA 2.3 and 2.4.</summary>
/// <remarks>
/// A stream of 32-bit little-endian flag words, each consumed from bit 31 down and followed by what its bits announce:
/// 0 a literal byte, 1 a match. A match is a 16-bit word: distance − 1 in the upper 13 bits (1 to 8192), length − 3 in
/// the lower 3, extended when it does not fit:
/// <code>
///   3-9     3 bits
///  10-24    111, then a nibble; two matches share one byte, the first takes the low half
///  25-279   111, 1111, then a byte
/// 280-      111, 1111, FF, then length − 3 in 16 bits, or 0 and 32 bits (MS-XCA only)
/// </code>
/// </remarks>
public static class PlainLz77
{
    /// <summary>The farthest back that a match can reach, in bytes.</summary>
    internal const int MaxDistance = 8192;

    /// <summary>The shortest match.</summary>
    internal const int MinLength = 3;

    /// <summary>Decompresses to exactly the length of <paramref name="destination"/>.</summary>
    /// <returns>
    /// False if <paramref name="source"/> ends early, refers to bytes before the first, or holds a match that would
    /// pass the end. What follows the last byte needed is ignored. The content of
    /// <paramref name="destination"/> is undefined then.
    /// </returns>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination) =>
        new Lz77Decoder(source, destination).TryDecode();

    /// <summary>Compresses all of <paramref name="source"/>.</summary>
    /// <param name="source">What to compress.</param>
    /// <param name="destination">Where to; <see cref="MaxCompressedLength"/> bytes always suffice.</param>
    /// <param name="written">How many bytes were written.</param>
    /// <returns>False if <paramref name="destination"/> is too small.</returns>
    public static bool TryCompress(ReadOnlySpan<byte> source, Span<byte> destination, out int written) =>
        new Lz77Encoder(source, destination).TryEncode(out written);

    /// <summary>The most bytes that compressing <paramref name="length"/> bytes can yield.</summary>
    /// <exception cref="OverflowException">The result is not an <see cref="int"/>.</exception>
    public static int MaxCompressedLength(int length) => checked(length + ((length / 32) + 1) * sizeof(uint));
}
