using System.Reflection;

namespace MapiGate.Gateway.Tests.Processes;

/// <summary>Where the programs are, as they were built with these tests.</summary>
internal static class BuiltProgram
{
    public static string GatewayFolder { get; } = Path.Combine(Metadata("Sources"), "MapiGate.Gateway");

    public static string Gateway { get; } = Path.Combine(GatewayFolder, Metadata("Output"), "MapiGate.Gateway.dll");

    public static string SampleFolder(string sample) => Path.Combine(Metadata("Samples"), sample);

    public static string Sample(string sample) => Path.Combine(SampleFolder(sample), Metadata("Output"), $"{sample}.dll");

    private static string Metadata(string key) =>
        typeof(BuiltProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
