using System.Collections.Concurrent;
using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.Packing;

/// <summary>Packs each package once, as a release does, for all tests that look into it.</summary>
public sealed class PackedPackages
{
    private readonly ConcurrentDictionary<string, Task<PackedPackage>> _packages = new();

    internal Task<PackedPackage> Pack(SourcePackage package) => _packages.GetOrAdd(package.Name, _ => PackOnce(package));

    private static async Task<PackedPackage> PackOnce(SourcePackage package)
    {
        var folder = Path.Combine(RepositoryRoot.Artifacts, "packages", package.Name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var result = await Command.Build("pack", package.ProjectFile, "--output", folder);
        if (result.ExitCode != 0)
        {
            Assert.Fail($"{package.Name} cannot be packed:{Environment.NewLine}{result}");
        }

        return new PackedPackage(Directory.EnumerateFiles(folder, "*.nupkg").Single());
    }
}
