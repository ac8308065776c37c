using System.Reflection;

namespace MapiGate.Fleet.Tests.Processes;

/// <summary>Where the programs are, as they were built with these tests.</summary>
internal static class Built
{
    public static string Root { get; } = Metadata("Root");

    /// <summary>A project's program.</summary>
    public static string Program(string project) => Path.Combine(Root, project, Metadata("Output"), $"{Path.GetFileName(project)}.dll");

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
