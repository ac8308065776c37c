namespace MapiGate.Benchmarks;

/// <summary>Hands out things one after the other, and begins again when all have had their turn.</summary>
internal sealed class Turns<T>(IReadOnlyList<T> all)
{
    private int _next;

    public T Next() => all[_next++ % all.Count];
}
