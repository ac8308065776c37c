namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>One reader under attack.</summary>
/// <param name="Name">Of the reader.</param>
/// <param name="Seeds">Bytes it is meant for.</param>
/// <param name="Read">Reads the bytes and looks at all that came of them.</param>
/// <param name="BytesAtMost">What reading so many bytes may allocate.</param>
/// <param name="Wrap">Puts a mutated auxiliary buffer into a structure that is right; where there is one, half of the inputs are such.</param>
internal sealed record ReaderTarget(string Name, byte[][] Seeds, Action<byte[]> Read, Func<int, long> BytesAtMost, Func<byte[], byte[]>? Wrap = null)
{
    public byte[] NextInput(Mutator mutator) => Wrap is not null && mutator.Random.Next(2) == 0
        ? Wrap(mutator.Mutate(WireVectors.Of("aux")))
        : mutator.Mutate(Seeds);
}
