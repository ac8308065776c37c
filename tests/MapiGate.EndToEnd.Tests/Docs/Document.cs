using System.Text.RegularExpressions;
using MapiGate.TestSupport.Processes;

namespace MapiGate.EndToEnd.Tests.Docs;

/// <summary>A document of the project, and the blocks of code in it.</summary>
internal sealed partial class Document
{
    private readonly string _text;

    private Document(string path) => _text = File.ReadAllText(path);

    public static Document Readme => new(Path.Combine(Root, "README.md"));

    private static string Root => BuiltProgram.Root;

    public static Document Read(string name) => new(Path.Combine(Root, "docs", name));

    public static IEnumerable<string> Names => Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Select(path => Path.GetFileName(path));

    public static string Source(string path) => File.ReadAllText(Path.Combine(Root, path));

    public bool Contains(string text) => _text.Contains(text, StringComparison.Ordinal);

    /// <summary>The blocks of one language, in order.</summary>
    public IReadOnlyList<string> Blocks(string language) =>
        [.. Block().Matches(_text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    /// <summary>The tests that stand in a section as `Class.Name`, by the row of the table they stand in.</summary>
    public ILookup<string, (string Class, string Name)> Tests(string heading)
    {
        var section = _text.Split("\n## ").Single(section => section.StartsWith(heading, StringComparison.Ordinal));
        return Test().Matches(section).ToLookup(test => test.Groups["row"].Value, test => (test.Groups["class"].Value, test.Groups["name"].Value));
    }

    /// <summary>Whether a class of tests has such a one.</summary>
    public static bool HasTest(string @class, string name) =>
        Directory.GetFiles(Path.Combine(Root, "tests"), $"{@class}.cs", SearchOption.AllDirectories)
            .Any(path => Regex.IsMatch(File.ReadAllText(path), $@"\b(void|Task) {name}\("));

    [GeneratedRegex(@"(?<=^\| (?<row>[^|]+) \|.*)`(?<class>\w+Tests)\.(?<name>\w+)`", RegexOptions.Multiline)]
    private static partial Regex Test();

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
