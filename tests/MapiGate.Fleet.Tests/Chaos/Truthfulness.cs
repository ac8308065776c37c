using MapiGate.Fleet.Tests.Processes;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>
/// Holds what was said of gates against what the test knows without asking any: when each began to enforce which document, as
/// knocking at it tells; which document has which epoch and generation, as who wrote it was told; and since when a gate is cut
/// off. A statement that was made between two moments, and says how old it is, is true when:
/// <list type="bullet">
/// <item>SYNCED at 1.7: the gate enforced the very document that was written as 1.7 at some moment that is not older than the
/// statement says.</item>
/// <item>SYNCED: it is no older than the 35 seconds of docs/fleet.md; no other row of the same reading has a later document; and no
/// later one was written more than ten seconds before, where who is asked is not cut off itself.</item>
/// <item>Of a gate that is cut off, asked of another, or of another by one that is cut off: it is at least as old as the cut,
/// whatever the state. So it can't be SYNCED once the cut is older than 35 seconds.</item>
/// <item>Of a gate that is cut off, asked of itself: STALE, twenty seconds after the cut, or its start, at the latest.</item>
/// <item>LOST: the gate has been cut off for a while. HELD, REJECTED: never here. DIVERGED: the servers had lost the document.</item>
/// <item>The document of a gate is never an earlier one than who is asked said before; and the page's total is the sum of its
/// rows.</item>
/// </list>
/// </summary>
internal sealed class Truthfulness(RunningFleet fleet)
{
    private static readonly TimeSpan UntilLost = TimeSpan.FromSeconds(35.6);
    private static readonly TimeSpan UntilStale = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan NotYetLost = TimeSpan.FromSeconds(25);

    // A receipt on its way when the wire was cut still counts.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(1);

    public IEnumerable<string> FindFaults(IReadOnlyList<Reading> readings)
    {
        foreach (var reading in readings)
        {
            foreach (var statement in reading.Rows)
            {
                if (FindFault(reading, statement) is { } fault)
                {
                    yield return $"{reading.Who} said {statement}: {fault}";
                }
            }

            var synced = reading.Rows.Count(row => row.IsSynced);
            if (reading.Total is { } total && total != (reading.Rows.Count < 2 ? "" : $"{synced} of {reading.Rows.Count} synced"))
            {
                yield return $"{reading.Who} counts {total} of {string.Join(", ", reading.Rows)}";
            }
        }

        foreach (var one in readings.SelectMany(reading => reading.Rows.Select(row => (reading, row))).GroupBy(said => (said.reading.Who, said.row.Gate)))
        {
            foreach (var (before, after) in one.Zip(one.Skip(1)).Where(pair => pair.Second.row.At < pair.First.row.At))
            {
                yield return $"{one.Key.Who} said {before.row} and then {after.row}";
            }
        }
    }

    private string? FindFault(Reading reading, Statement statement)
    {
        if (fleet.Gates.FirstOrDefault(gate => gate.Name == statement.Gate) is not { } gate)
        {
            return "There is no such gate.";
        }

        var isOwn = gate == reading.Asked;
        IEnumerable<Outage> outages = [.. gate.Outages, .. reading.Asked.Outages];
        var cut = outages.Where(outage => outage.Covers(reading.From, reading.To)).Select(outage => TimeProvider.System.GetElapsedTime(outage.From, reading.From)).DefaultIfEmpty().Max();
        var running = TimeProvider.System.GetElapsedTime(gate.Starts.LastOrDefault(start => start <= reading.To), reading.From);
        if (isOwn && cut > UntilStale && running > UntilStale && statement.State != "STALE")
        {
            return $"It was cut off {cut} before.";
        }

        if (!isOwn && statement.Oldest + OnItsWay < cut)
        {
            return $"Nothing can have been heard of it for {cut}.";
        }

        return statement.State switch
        {
            "SYNCED" => FindFaultOfSynced(reading, statement, gate),
            "LOST" => outages.Any(outage => outage.Overlaps(Before(reading.From, RunningFleet.Bound), reading.To) && TimeProvider.System.GetElapsedTime(outage.From, reading.To) > NotYetLost) ? null : "It was there.",
            "HELD" or "REJECTED" => "Nothing was held or rejected.",
            "DIVERGED" when !fleet.Losses.Any(loss => loss.Overlaps(Before(reading.From, RunningFleet.Bound), reading.To)) => "The servers had it.",
            _ => null,
        };
    }

    private string? FindFaultOfSynced(Reading reading, Statement statement, GateProcess gate)
    {
        if (fleet.Documents.FirstOrDefault(document => document.Position == statement.At) is not { } document)
        {
            return "There never was such a document.";
        }

        if (statement.Youngest > UntilLost)
        {
            return "That is too old.";
        }

        if (!fleet.WatchOf(gate).MayHaveEnforced(document.Number, Before(reading.From, statement.Oldest + OnItsWay), reading.To))
        {
            return $"It did not enforce document {document.Number} then.";
        }

        if (reading.Rows.FirstOrDefault(row => row.At > statement.At) is { } later)
        {
            return $"There is a later document: {later}";
        }

        var isInTouch = !reading.Asked.Outages.Any(outage => outage.Overlaps(Before(reading.From, RunningFleet.Bound), reading.To));
        return isInTouch && fleet.Documents.LastOrDefault(written => written.At < Before(reading.From, RunningFleet.Bound)) is { } newest && newest.Number > document.Number
            ? $"Document {newest.Number} was written long before."
            : null;
    }

    private static long Before(long moment, TimeSpan span) => moment - (long)(span.TotalSeconds * TimeProvider.System.TimestampFrequency);
}
