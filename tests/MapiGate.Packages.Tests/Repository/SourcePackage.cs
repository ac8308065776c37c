using System.Reflection;
using System.Xml.Linq;

namespace MapiGate.Packages.Tests.Repository;

/// <summary>A package as its sources stand under src.</summary>
internal sealed record SourcePackage(string Name)
{
    private static readonly string Src = RepositoryRoot.Combine("src");

    public static IReadOnlyList<SourcePackage> All { get; } =
    [
        .. Directory.EnumerateFiles(Src, "*.csproj", SearchOption.AllDirectories)
            .Select(file => new SourcePackage(Path.GetFileNameWithoutExtension(file)))
            .OrderBy(package => package.Name, StringComparer.Ordinal),
    ];

    /// <summary>The names, for theories: one case each.</summary>
    public static TheoryData<string> Names => [.. All.Select(package => package.Name)];

    /// <summary>The names of those that are libraries: the others are programs, with no public API and nothing to reference.</summary>
    public static TheoryData<string> Libraries => [.. All.Where(package => !package.IsProgram).Select(package => package.Name)];

    public bool IsProgram => XDocument.Load(ProjectFile).Descendants("OutputType").Any(type => type.Value == "Exe");

    public string Folder => Path.Combine(Src, Name);

    public string ProjectFile => Path.Combine(Folder, Name + ".csproj");

    public Assembly Assembly => Assembly.Load(Name);

    public IEnumerable<string> SourceFiles => Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Folder, file).StartsWith("obj", StringComparison.Ordinal)
            && !Path.GetRelativePath(Folder, file).StartsWith("bin", StringComparison.Ordinal));

    /// <summary>What the project file includes of a kind, as <c>ProjectReference</c>.</summary>
    public IEnumerable<string> Includes(string item) =>
        XDocument.Load(ProjectFile).Descendants(item).Select(element => element.Attribute("Include")!.Value);
}
