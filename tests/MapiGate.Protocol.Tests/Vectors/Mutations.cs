namespace MapiGate.Protocol.Tests.Vectors;

/// <summary>Variants of good bytes, as a broken or hostile peer would send them.</summary>
internal static class Mutations
{
    private static readonly byte[] Masks = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF, 0x7F];

    /// <summary>Cut at every length, and each byte changed in ten ways.</summary>
    public static IEnumerable<byte[]> Of(byte[] good) => Cuts(good).Concat(Flips(good));

    public static IEnumerable<byte[]> Cuts(byte[] good)
    {
        for (int length = 0; length < good.Length; length++)
        {
            yield return good[..length];
        }
    }

    private static IEnumerable<byte[]> Flips(byte[] good)
    {
        for (int i = 0; i < good.Length; i++)
        {
            foreach (byte mask in Masks)
            {
                byte[] bad = [.. good];
                bad[i] ^= mask;
                yield return bad;
            }
        }
    }
}
