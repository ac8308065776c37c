namespace MapiGate.Benchmarks;

/// <summary>
/// Which clients of a crowd log on. A client that logs on has just been read from the wire, and is in the processor's
/// first cache: so these are few, and the same ones again.
/// </summary>
internal static class Arrivals
{
    private const int Count = 64;

    public static int At(int index, int worker) => (worker * Count) + (index & (Count - 1));
}
