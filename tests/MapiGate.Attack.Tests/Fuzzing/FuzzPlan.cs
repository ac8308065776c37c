using System.Globalization;

namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>How much to fuzz, and from which seed: the same two numbers give the same inputs.</summary>
internal static class FuzzPlan
{
    /// <summary>Inputs between two looks at the clock and the memory.</summary>
    public const int BatchSize = 1000;

    private const int DefaultInputs = 200_000;
    private const int DefaultSeed = 920185;

    /// <summary><c>MAPIGATE_FUZZ_SEED</c>.</summary>
    public static int Seed { get; } = Read("MAPIGATE_FUZZ_SEED", DefaultSeed);

    /// <summary>A quarter of all inputs: each of them is a whole HTTP request.</summary>
    public static int MiddlewareInputs => Inputs / 4;

    /// <summary>The rest, divided among the readers.</summary>
    public static int InputsFor(int readers) => (Inputs - MiddlewareInputs) / readers;

    /// <summary><c>MAPIGATE_FUZZ_INPUTS</c>, of all targets together.</summary>
    private static int Inputs { get; } = Read("MAPIGATE_FUZZ_INPUTS", DefaultInputs);

    /// <summary>How to see a failure again.</summary>
    public static string Repeat(string target, int input) =>
        $"{target}, input {input}; repeat it with MAPIGATE_FUZZ_SEED={Seed} MAPIGATE_FUZZ_INPUTS={Inputs}";

    /// <summary>The generator of one batch: any batch can be repeated without those before it.</summary>
    public static Random RandomFor(int target, int batch) => new(unchecked((((Seed * 31) + target) * 1_000_003) + batch));

    private static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
