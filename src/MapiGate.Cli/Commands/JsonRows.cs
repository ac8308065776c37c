using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>Answers as rows of a table.</summary>
internal static class JsonRows
{
    public static IEnumerable<string[]> Of(JsonNode answer, Func<JsonNode?, string[]> row) => (answer as JsonArray ?? []).Select(row);

    /// <summary>A name, or that there is none.</summary>
    public static string Named(string text) => text.Length == 0 ? "(none)" : text;
}
