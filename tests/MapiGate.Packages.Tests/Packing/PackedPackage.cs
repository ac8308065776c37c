using System.IO.Compression;
using System.Xml.Linq;

namespace MapiGate.Packages.Tests.Packing;

/// <summary>A package as users download it, with its symbols.</summary>
public sealed class PackedPackage
{
    private readonly XElement _nuspec;

    public PackedPackage(string packageFile)
    {
        Folder = Path.GetDirectoryName(packageFile)!;
        using var package = ZipFile.OpenRead(packageFile);
        using var nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        _nuspec = XDocument.Load(nuspec).Root!;
        Files = Names(package);

        var symbolsFile = Path.ChangeExtension(packageFile, ".snupkg");
        if (File.Exists(symbolsFile))
        {
            using var symbols = ZipFile.OpenRead(symbolsFile);
            SymbolFiles = Names(symbols);
        }
    }

    public string Folder { get; }

    public IReadOnlyList<string> Files { get; }

    public IReadOnlyList<string> SymbolFiles { get; } = [];

    public string? License => Find("license").SingleOrDefault(element => element.Attribute("type")?.Value == "expression")?.Value;

    public string? Readme => Find("readme").SingleOrDefault()?.Value;

    public string? Description => Find("description").SingleOrDefault()?.Value;

    public string? Commit => Find("repository").SingleOrDefault()?.Attribute("commit")?.Value;

    /// <summary>The packages and shared frameworks that installing this one brings along.</summary>
    public IEnumerable<string> Dependencies =>
    [
        .. Find("dependency").Select(element => element.Attribute("id")!.Value),
        .. Find("frameworkReference").Select(element => element.Attribute("name")!.Value),
    ];

    private static string[] Names(ZipArchive archive) => [.. archive.Entries.Select(entry => entry.FullName)];

    private IEnumerable<XElement> Find(string name) => _nuspec.Descendants().Where(element => element.Name.LocalName == name);
}
