using System.Text.Json.Nodes;

namespace MapiGate.EndToEnd.Tests.CommandLine;

/// <summary>How a run of <c>mapigate</c> ended, and what it printed.</summary>
internal sealed record MapigateResult(int ExitCode, string Output, string Error)
{
    public JsonNode Json() => JsonNode.Parse(Output)!;

    public MapigateResult ShouldEndWith(int exitCode)
    {
        ExitCode.Should().Be(exitCode, ToString());
        return this;
    }
}
