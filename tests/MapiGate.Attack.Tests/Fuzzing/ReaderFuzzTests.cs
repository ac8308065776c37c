using MapiGate.TestSupport;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>Mutated bytes into every reader: none throws, none hangs, none allocates beyond its bound.</summary>
public class ReaderFuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Readers => [.. ReaderTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task MutatedBytes_AreReadOrRefused_WithinBounds(string reader)
    {
        var index = ReaderTargets.All.ToList().FindIndex(target => target.Name == reader);
        var target = ReaderTargets.All[index];
        var inputs = FuzzPlan.InputsFor(ReaderTargets.All.Count);
        var run = new Tally();
        var start = TimeProvider.System.GetTimestamp();
        for (var batch = 0; batch * FuzzPlan.BatchSize < inputs; batch++)
        {
            var first = batch * FuzzPlan.BatchSize;
            var count = Math.Min(FuzzPlan.BatchSize, inputs - first);
            var random = FuzzPlan.RandomFor(index, batch);

            // A reader that does not come back holds up its batch and no more than that: the wait ends, and the test with it.
            await Task.Run(() => RunBatch(target, new Mutator(random), first, count, run)).WithinBounds();
        }

        output.WriteLine($"{reader}: {inputs} inputs, {run.Bytes} bytes, {inputs / TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} inputs/s; allocated {(double)run.Allocated / run.Bytes:0.00} bytes for each, at most {run.Most} for one of {run.MostLength} bytes");
    }

    private static void RunBatch(ReaderTarget target, Mutator mutator, int first, int count, Tally run)
    {
        for (var input = first; input < first + count; input++)
        {
            var bytes = target.NextInput(mutator);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                target.Read(bytes);
            }
            catch (Exception e)
            {
                throw new InvalidDataException($"{FuzzPlan.Repeat(target.Name, input)}: {Convert.ToHexString(bytes)}", e);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            run.Add(bytes.Length, allocated);
            if (allocated > target.BytesAtMost(bytes.Length))
            {
                throw new InvalidDataException($"{FuzzPlan.Repeat(target.Name, input)}: {allocated} bytes allocated for {bytes.Length}: {Convert.ToHexString(bytes)}");
            }
        }
    }

    private sealed class Tally
    {
        public long Bytes { get; private set; }

        public long Allocated { get; private set; }

        public long Most { get; private set; }

        public int MostLength { get; private set; }

        public void Add(int length, long allocated)
        {
            Bytes += length;
            Allocated += allocated;
            if (allocated > Most)
            {
                (Most, MostLength) = (allocated, length);
            }
        }
    }
}
