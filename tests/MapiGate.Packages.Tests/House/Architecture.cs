using System.Text.RegularExpressions;
using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.House;

/// <summary>What docs/architecture.md says of each package: its floors, and where things are decided.</summary>
internal static partial class Architecture
{
    public const string Document = "docs/architecture.md";

    private static readonly string Text = File.ReadAllText(RepositoryRoot.Combine("docs", "architecture.md"));

    /// <summary>A package's floors, from the ground up: a folder each, or a file that stands in none.</summary>
    public static IReadOnlyList<string> FloorsOf(string package) =>
        [.. FirstWord().Matches(Drawing().Match(SectionOf(package)).Groups["lines"].Value).Select(line => line.Value).Reverse()];

    /// <summary>The files that the section's table names, from the package's folder.</summary>
    public static IReadOnlyList<string> FilesNamedFor(string package) =>
        [.. SectionOf(package).Split('\n').Where(line => line.StartsWith('|')).SelectMany(row => NamedFile().Matches(row)).Select(file => file.Groups["path"].Value)];

    /// <summary>Each package that the drawing of all of them has, and those that it stands on.</summary>
    public static IReadOnlyDictionary<string, string[]> Packages { get; } = Drawing().Match(SectionOf("Packages")).Groups["lines"].Value
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(line => FirstWord().Match(line).Value, line => StandsOn().Match(line).Groups["packages"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries));

    private static string SectionOf(string heading) =>
        Text.Split("\n## ").SingleOrDefault(section => section.StartsWith(heading + "\n", StringComparison.Ordinal)) ?? string.Empty;

    [GeneratedRegex(@"^```text\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex(@"^\S+", RegexOptions.Multiline)]
    private static partial Regex FirstWord();

    [GeneratedRegex(@" stands on (?<packages>.+)$")]
    private static partial Regex StandsOn();

    [GeneratedRegex(@"`(?<path>[\w/.]+\.cs)`")]
    private static partial Regex NamedFile();
}
