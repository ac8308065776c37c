namespace MapiGate.Fleet.Tests.Processes;

/// <summary>libfaketime: a process whose clock is wrong.</summary>
internal static class Faketime
{
    public static string Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 3 }).FirstOrDefault() ?? ""
        : "";

    public static void SkipIfMissing() => Skip.If(Library is "", "This test sets clocks wrong: apt-get install libfaketime");
}
