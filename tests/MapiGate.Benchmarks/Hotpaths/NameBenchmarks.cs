using BenchmarkDotNet.Attributes;

namespace MapiGate.Benchmarks;

/// <summary>Judging 512 names by a list.</summary>
[MemoryDiagnoser]
public class NameBenchmarks
{
    private NameLoad _load = null!;

    [Params(5, 50, 1000)]
    public int Entries { get; set; }

    [Params(true, false)]
    public bool Hits { get; set; }

    [GlobalSetup]
    public void SetUp() => _load = new NameLoad(Entries, Hits);

    [Benchmark(Baseline = true)]
    public int FrozenSet() => _load.LookUpAll();

    [Benchmark]
    public int Blocklist() => _load.JudgeAll();
}
