using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace MapiGate.Benchmarks;

/// <summary>A change that denies 100 thousand sessions, each with a callback, until the call returns; the floor cancels as many sources.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 3, iterationCount: 15, invocationCount: 1)]
public class CallbackBenchmarks
{
    private DisconnectLoad _gate = null!;
    private CancelLoad _sources = null!;
    private CallbackTally _callbacks = null!;
    private PolicyReceipt? _receipt;

    [GlobalSetup]
    public void SetUp()
    {
        var clients = Crowd.Create(Crowd.Size);
        _gate = new DisconnectLoad(clients, new GateLoad(clients), Crowd.Others.Take(100));
    }

    [IterationSetup(Target = nameof(Apply))]
    public void Listen()
    {
        _callbacks = new CallbackTally(_gate.Count);
        _gate.Listen(_callbacks);
    }

    [IterationSetup(Target = nameof(Cancel))]
    public void Register() => _sources = new CancelLoad(_gate.Count);

    [IterationCleanup(Target = nameof(Cancel))]
    public void Wait() => _sources.Wait();

    [IterationCleanup(Target = nameof(Apply))]
    public void PutBack()
    {
        _callbacks.Wait();
        _gate.Restore(_receipt!);
        _callbacks.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Cancel() => _sources.CancelAll();

    [Benchmark]
    public void Apply() => _receipt = _gate.Deny();
}
