using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace MapiGate.Benchmarks;

/// <summary>A change that denies 800 thousand of a million sessions, nobody listening; the floor is a store into as many objects.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 3, iterationCount: 15, invocationCount: 1)]
public class DisconnectBenchmarks
{
    private DisconnectLoad _gate = null!;
    private FloorSession[] _objects = null!;
    private PolicyReceipt? _receipt;

    [GlobalSetup]
    public void SetUp()
    {
        var clients = Crowd.Create(Crowd.Size);
        _gate = new DisconnectLoad(clients, new GateLoad(clients), Crowd.Outlook);
        _objects = [.. clients.Select(client => new FloorSession(client))];
        new Random(Crowd.Size).Shuffle(_objects);
    }

    [IterationCleanup]
    public void PutBack()
    {
        if (_receipt is { } receipt)
        {
            _gate.Restore(receipt);
            _receipt = null;
        }
    }

    [Benchmark(Baseline = true)]
    public void Stores()
    {
        foreach (var session in _objects.AsSpan(0, _gate.Count))
        {
            session.End();
        }
    }

    [Benchmark]
    public void Apply() => _receipt = _gate.Deny();
}
