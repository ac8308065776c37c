using System.Text.RegularExpressions;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Docs;

/// <summary>docs/gateway.md and README.md, and the blocks of code in them.</summary>
internal static partial class GatewayDocument
{
    public static string Root { get; } = BuiltProgram.Root;

    public static string Text { get; } = File.ReadAllText(Path.Combine(Root, "docs", "gateway.md"));

    public static string Readme { get; } = File.ReadAllText(Path.Combine(Root, "README.md"));

    /// <summary>The blocks of one language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string text, string language) =>
        [.. Block().Matches(text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
