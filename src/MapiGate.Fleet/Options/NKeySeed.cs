using NATS.NKeys;

namespace MapiGate.Fleet;

/// <summary>The secret half of an nkey, as it stands in a file, and the public half that follows from it.</summary>
internal sealed record NKeySeed(string Seed, string PublicKey)
{
    /// <summary>Reads a file's first line that begins with <c>SU</c>; comments may stand around it.</summary>
    /// <returns>The seed; <see langword="null"/> when there is none that can be read.</returns>
    public static NKeySeed? TryRead(string file)
    {
        try
        {
            var seed = File.ReadLines(file).Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("SU", StringComparison.Ordinal));
            if (seed is null)
            {
                return null;
            }

            using var pair = KeyPair.FromSeed(seed);
            return new NKeySeed(seed, pair.GetPublicKey());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NKeysException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
