namespace MapiGate.Attack.Tests.Memory;

internal static class LiveMemory
{
    /// <summary>The bytes of all objects that something still holds.</summary>
    /// <remarks>Not <see cref="GC.GetTotalMemory"/>, which guesses at what threads have set aside, and has been seen below zero.</remarks>
    public static long Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var memory = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return memory.HeapSizeBytes - memory.FragmentedBytes;
    }
}
