using System.Globalization;
using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>Reads what a server answered, which may lack anything.</summary>
internal static class JsonText
{
    public static string Text(this JsonNode? node, string key) => (node as JsonObject)?[key]?.ToString() ?? string.Empty;

    public static long Number(this JsonNode? node, string key) => (node as JsonObject)?[key] is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;

    public static IEnumerable<JsonNode?> List(this JsonNode? node, string key) => (node as JsonObject)?[key] as JsonArray ?? [];

    public static string Moment(this JsonNode? node, string key) =>
        DateTimeOffset.TryParse(node.Text(key), CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : string.Empty;
}
