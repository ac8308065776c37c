using BenchmarkDotNet.Attributes;

namespace MapiGate.Benchmarks;

/// <summary>The worst that a pattern and a name can do to each other; the floor is to read the name once.</summary>
[MemoryDiagnoser]
public class WildcardBenchmarks
{
    private readonly ProcessBlocklist _list = ProcessBlocklist.Parse("*a*a*a*a*a*a*b");
    private readonly string _name = new('a', short.MaxValue);

    [Benchmark(Baseline = true)]
    public bool OneSearch() => _name.Contains('b', StringComparison.OrdinalIgnoreCase);

    [Benchmark]
    public bool Blocklist() => _list.IsBlocked(_name);
}
