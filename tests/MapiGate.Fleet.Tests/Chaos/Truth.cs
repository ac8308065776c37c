using System.Diagnostics;
using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Processes;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Whether what a gate's page and <c>mapigate</c> are told is so.</summary>
internal static class Truth
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    /// <summary>Waits until a gate says that all of these are SYNCED, and no other is known.</summary>
    public static Task<TimeSpan> SyncedAsync(GateProcess asked, IReadOnlyList<GateProcess> gates) =>
        SaysAsync(asked, said => said.Count == gates.Count && said.All(gate => gate.Value == "SYNCED"));

    /// <summary>Waits until a gate says this of all of them: name to state.</summary>
    public static async Task<TimeSpan> SaysAsync(GateProcess asked, Func<IReadOnlyDictionary<string, string>, bool> isSo, TimeSpan? within = null)
    {
        JsonNode? said = null;
        return await Eventually.TrueAsync(
            async () =>
            {
                said = await asked.GetAsync("gates");
                return isSo(States(said));
            },
            within ?? Bound,
            () => $"{asked.Name} says {said}");
    }

    /// <summary>What <c>mapigate gates</c> says when it asks this gate.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> MapigateAsync(GateProcess asked) => States((await GatesAsync(asked))!);

    /// <summary>All that <c>mapigate gates</c> says when it asks this gate; null when it can't be asked.</summary>
    public static async Task<JsonArray?> GatesAsync(GateProcess asked)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltProgram.Mapigate, "gates", "-o", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MAPIGATE_URL"] = asked.ManagementUrl;
        start.Environment["MAPIGATE_TOKEN_FILE"] = asked.TokenFile;
        using var mapigate = Process.Start(start)!;
        var said = await mapigate.StandardOutput.ReadToEndAsync();
        await mapigate.WaitForExitAsync();
        return mapigate.ExitCode == 0 ? JsonNode.Parse(said)!.AsArray() : null;
    }

    private static Dictionary<string, string> States(JsonNode gates) =>
        gates.AsArray().ToDictionary(gate => gate!["name"]!.GetValue<string>(), gate => gate!["state"]!.GetValue<string>());
}
