using System.Text.RegularExpressions;
using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.Trimming;

/// <summary>The small host of tests/MapiGate.TrimmedHost, published self-contained and trimmed.</summary>
internal static partial class TrimmedHost
{
    private const string Name = "MapiGate.TrimmedHost";

    private static readonly string Output = Path.Combine(RepositoryRoot.Artifacts, "trimmed-host");

    public static async Task Publish()
    {
        DeleteOldOnes();
        string[] options =
        [
            "--runtime", ThisRuntime.Name,
            "--self-contained",
            "--output", Output,
            // Without this the SDK also fetches the runtime of ASP.NET Core, which nothing here uses.
            "-p:DisableTransitiveFrameworkReferenceDownloads=true",
        ];
        var result = await Command.Build("publish", [RepositoryRoot.Combine("tests", Name, Name + ".csproj"), .. options]);
        if (RestoreError().IsMatch(result.Output))
        {
            Assert.Fail($"""
                Publishing needs the packages Microsoft.NETCore.App.Runtime.{ThisRuntime.Name} and Microsoft.NET.ILLink.Tasks, of the version of
                the SDK's own runtime. A package cannot be restored: let NuGet reach its source once, or put them into its cache.
                {result}
                """);
        }

        // Warnings are errors here, those of the trimmer too.
        if (result.ExitCode != 0)
        {
            Assert.Fail($"A host that embeds the core cannot be trimmed:{Environment.NewLine}{result}");
        }
    }

    public static Task<CommandResult> Run() => Command.Run(Path.Combine(Output, Name));

    // Publishing over an older trimmed host has been seen to leave out an assembly that only the new one uses.
    private static void DeleteOldOnes()
    {
        string[] folders = [Output, Path.Combine(RepositoryRoot.Artifacts, "bin", Name), Path.Combine(RepositoryRoot.Artifacts, "obj", Name)];
        foreach (var folder in folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("error NU1[0-9]{3}")]
    private static partial Regex RestoreError();
}
