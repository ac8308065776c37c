using BenchmarkDotNet.Attributes;

namespace MapiGate.Benchmarks;

/// <summary>A change that denies nobody; the floor is a walk over the sessions.</summary>
[MemoryDiagnoser]
public class QuietApplyBenchmarks
{
    private readonly IConnectionPolicy _policy = Policies.Denying(Crowd.Absent.Take(4));
    private Gatekeeper _gate = null!;
    private DictionaryLoad _dictionary = null!;

    [Params(10_000, Crowd.Size)]
    public int Sessions { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var clients = Crowd.Create(Sessions);
        (_gate, _dictionary) = (new GateLoad(clients).Gate, new DictionaryLoad(clients));
    }

    [Benchmark(Baseline = true)]
    public int Walk() => _dictionary.Walk();

    [Benchmark]
    public PolicyReceipt Apply() => _gate.Apply(_policy);
}
