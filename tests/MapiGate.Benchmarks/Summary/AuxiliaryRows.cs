using MapiGate.Protocol;

namespace MapiGate.Benchmarks;

/// <summary>Reading who a client says it is, against copying the bytes that say so.</summary>
internal static class AuxiliaryRows
{
    private const int Rounds = 500;

    public static IEnumerable<SummaryRow> Measure()
    {
        foreach (var packing in new[] { ExtendedBufferFlags.None, ExtendedBufferFlags.XorMagic, ExtendedBufferFlags.Compressed })
        {
            var load = new AuxiliaryLoad(packing);
            var name = packing switch { ExtendedBufferFlags.None => "plain", ExtendedBufferFlags.XorMagic => "XORed", _ => "compressed" };
            var times = Pairs.Measure(() => Time(() => load.Read()), () => Time(load.Copy), pairs: 301);
            yield return new SummaryRow(
                $"read an auxiliary buffer, {load.Size} bytes {name}, {Allocated(load)} bytes allocated",
                Figure.Rate(load.Size / times.Ours),
                Figure.Rate(load.Size / times.Floor),
                Figure.Ratio(times.Ratio));
        }
    }

    private static double Time(Action work) => Clock.Time(() =>
    {
        for (var i = 0; i < Rounds; i++)
        {
            work();
        }
    }) / Rounds;

    private static long Allocated(AuxiliaryLoad load)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        load.Read();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
