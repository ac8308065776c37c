using BenchmarkDotNet.Attributes;

namespace MapiGate.Benchmarks;

/// <summary>A thousand logons and releases with a million sessions resident.</summary>
[MemoryDiagnoser]
public class LogonBenchmarks
{
    private const int Operations = 1000;

    private GateLoad _gate = null!;
    private DictionaryLoad _dictionary = null!;

    [Params(false, true)]
    public bool RandomLeaves { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var clients = Crowd.Create(Crowd.Size);
        (_gate, _dictionary) = (new GateLoad(clients), new DictionaryLoad(clients));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Dictionary()
    {
        if (RandomLeaves)
        {
            _dictionary.ReplaceRandom(Operations, worker: 0, workers: 1);
        }
        else
        {
            _dictionary.ReplaceNewest(Operations, worker: 0);
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Gate()
    {
        if (RandomLeaves)
        {
            _gate.ReplaceRandom(Operations, worker: 0, workers: 1);
        }
        else
        {
            _gate.ReplaceNewest(Operations, worker: 0);
        }
    }
}
