using System.Globalization;
using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>The gates as a table.</summary>
internal static class GateTable
{
    public static string[] Heads { get; } = ["Gate", "State", "Policy", "Age", "Live", "Cut", "Version", ""];

    public static string[] Row(JsonNode? gate) =>
        [gate.Text("name"), gate.Text("state"), Policy(gate), Age(gate), gate.Text("sessions"), gate.Text("cut"), gate.Text("version"), gate.Text("detail")];

    /// <summary>Epoch and generation of the fleet's document, or the revision of a gate that is in none.</summary>
    public static string Policy(JsonNode? gate) => gate.Number("epoch") > 0 ? $"{gate.Text("epoch")}.{gate.Text("generation")}" : $"revision {gate.Text("revision")}";

    /// <summary>How long ago it said so.</summary>
    public static string Age(JsonNode? gate) => double.TryParse(gate.Text("ageSeconds"), CultureInfo.InvariantCulture, out var seconds)
        ? seconds < 120 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s") : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min")
        : string.Empty;
}
