using BenchmarkDotNet.Attributes;
using MapiGate.Protocol;

namespace MapiGate.Benchmarks;

/// <summary>Reading who a client says it is; the floor is a copy of the bytes that say so.</summary>
[MemoryDiagnoser]
public class AuxiliaryBenchmarks
{
    private AuxiliaryLoad _load = null!;

    [Params(ExtendedBufferFlags.None, ExtendedBufferFlags.XorMagic, ExtendedBufferFlags.Compressed)]
    public ExtendedBufferFlags Packing { get; set; }

    [GlobalSetup]
    public void SetUp() => _load = new AuxiliaryLoad(Packing);

    [Benchmark(Baseline = true)]
    public void Copy() => _load.Copy();

    [Benchmark]
    public AuxiliaryInfo Read() => _load.Read();
}
