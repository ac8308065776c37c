using System.Reflection;

namespace MapiGate.EndToEnd.Tests.Processes;

/// <summary>Where the samples are, as they were built with these tests.</summary>
internal static class Sample
{
    public static string Folder(string sample) => Path.Combine(Metadata("Samples"), sample);

    public static string Program(string sample) => Path.Combine(Folder(sample), Metadata("Output"), $"{sample}.dll");

    /// <summary>The command line that manages a gate.</summary>
    public static string Mapigate => Path.GetFullPath(Path.Combine(Metadata("Samples"), "../src/MapiGate.Cli", Metadata("Output"), "MapiGate.Cli.dll"));

    private static string Metadata(string key) =>
        typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
