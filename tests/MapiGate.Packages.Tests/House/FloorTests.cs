using System.Text.RegularExpressions;
using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.House;

/// <summary>
/// The house has floors: a folder names types of its own and of those below it. Which is which stands in
/// docs/architecture.md, for readers and for this test.
/// </summary>
public partial class FloorTests
{
    public static TheoryData<string> Packages => SourcePackage.Names;

    [Theory]
    [MemberData(nameof(Packages))]
    public void AFolder_NamesNoTypeOfAFloorAbove(string name)
    {
        var floors = Floors(name);
        var files = new SourcePackage(name).SourceFiles.Select(file => (Path: file, Floor: FloorOf(name, file))).ToList();
        files.Select(file => file.Floor).Distinct().Should().BeEquivalentTo(floors, "docs/architecture.md draws them all, and no other");

        var types = files.ToLookup(file => Path.GetFileNameWithoutExtension(file.Path).Split('.')[0], file => file.Floor);
        var climbers =
            from file in files
            from word in Word().Matches(Comment().Replace(File.ReadAllText(file.Path), string.Empty)).Select(match => match.Value).Distinct()
            from floor in types[word]
            where floors.IndexOf(floor) < floors.IndexOf(file.Floor)
            select $"{Path.GetRelativePath(RepositoryRoot.Path, file.Path)} names {word} of {floor}";

        climbers.Should().BeEmpty();
    }

    /// <summary>The floors of a package from the top down, as the document draws them.</summary>
    private static List<string> Floors(string package)
    {
        var document = File.ReadAllText(RepositoryRoot.Combine("docs", "architecture.md"));
        var drawing = Drawing().Matches(document).Single(drawing => drawing.Groups["package"].Value == package);
        return [.. drawing.Groups["floors"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(floor => floor.Split(' ')[0])];
    }

    // A file that stands in no folder is a floor of its own.
    private static string FloorOf(string package, string file) =>
        Path.GetRelativePath(new SourcePackage(package).Folder, file).Split(Path.DirectorySeparatorChar)[0];

    [GeneratedRegex("^## (?<package>[A-Za-z.]+)\n\n```floors\n(?<floors>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();
}
