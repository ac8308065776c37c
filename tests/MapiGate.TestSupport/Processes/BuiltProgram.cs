using System.Reflection;

namespace MapiGate.TestSupport.Processes;

/// <summary>Where the programs are, as they were built with these tests.</summary>
public static class BuiltProgram
{
    /// <summary>The project's root.</summary>
    public static string Root { get; } = Metadata(nameof(Root));

    public static string GatewayFolder { get; } = Path.Combine(Root, "src", "MapiGate.Gateway");

    public static string Gateway { get; } = Path.Combine(GatewayFolder, Metadata("Output"), "MapiGate.Gateway.dll");

    /// <summary>The command line that manages a gate.</summary>
    public static string Mapigate { get; } = Path.Combine(Root, "src", "MapiGate.Cli", Metadata("Output"), "MapiGate.Cli.dll");

    public static string SampleFolder(string sample) => Path.Combine(Root, "samples", sample);

    public static string Sample(string sample) => Path.Combine(SampleFolder(sample), Metadata("Output"), $"{sample}.dll");

    private static string Metadata(string key) =>
        typeof(BuiltProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
