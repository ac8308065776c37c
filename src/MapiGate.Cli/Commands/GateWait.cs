using System.Globalization;
using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>Waits until every gate that is known has the newest document in force.</summary>
internal sealed class GateWait(Session session)
{
    /// <summary>How long it waits when nobody says.</summary>
    public const int Seconds = 30;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public async Task<int> UntilSyncedAsync(TimeSpan most)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var gates = (await session.Server.GetAsync("gates", session.Cancelled) as JsonArray ?? []).ToList();
            var late = Late(gates);
            if (late.Count == 0)
            {
                session.Terminal.Line($"In force in {gates.Count} of {gates.Count} gates.");
                return ExitCode.Done;
            }

            if (TimeProvider.System.GetElapsedTime(start) + Interval > most)
            {
                session.Terminal.Warn(string.Create(CultureInfo.InvariantCulture, $"Not in force, after {most.TotalSeconds:0} s, in {late.Count} of {gates.Count} gates:"));
                foreach (var gate in late)
                {
                    session.Terminal.Warn($"  {gate.Text("name")}: {gate.Text("state")} at {GateTable.Policy(gate)}, heard of {GateTable.Age(gate)} ago. {gate.Text("detail")}".TrimEnd());
                }

                return ExitCode.NotEverywhere;
            }

            await Task.Delay(Interval, TimeProvider.System, session.Cancelled);
        }
    }

    // The gate that is asked has what was written: who has less than the most that any has, does not.
    private static List<JsonNode?> Late(List<JsonNode?> gates)
    {
        var newest = gates.Select(Number).DefaultIfEmpty().Max();
        return [.. gates.Where(gate => gate.Text("state") != "SYNCED" || Number(gate) != newest)];

        static (long Epoch, long Generation) Number(JsonNode? gate) => (gate.Number("epoch"), gate.Number("generation"));
    }
}
