using System.Runtime.CompilerServices;

namespace MapiGate.Management;

/// <summary>
/// The journals of all gates as one, as they grow: every gate is asked again and again. What a gate had when it was asked first comes
/// in the order of the clocks; after that, as it is heard.
/// </summary>
internal sealed class FleetJournal(IGateFleet fleet, TimeProvider timeProvider)
{
    private const int MostAtOnce = 300;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    private readonly Dictionary<string, (string Start, long Last)> _read = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<JournalRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // Two of one start are not both what they say: they are asked for their newest, so that neither says how far the other was read.
            var after = _read.Values.GroupBy(read => read.Start).Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.Single().Last);
            var asked = await fleet.AskAsync(new JournalQuestion { After = after, Limit = MostAtOnce }, cancellationToken: cancellationToken).ConfigureAwait(false);
            var hasMore = asked.Answers.Values.Any(answer => answer.HasMore && after.ContainsKey(answer.Start));
            foreach (var row in asked.Answers.SelectMany(answer => RowsOf(answer.Key, answer.Value)).OrderBy(row => row.Time).ThenBy(row => row.Sequence).ToList())
            {
                yield return row;
            }

            // A gate that always says that it has more must not have all others asked without a pause.
            await Task.Delay(hasMore ? Pause : Interval, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private List<JournalRow> RowsOf(string gate, GateJournalRows answer)
    {
        var goesOn = _read.TryGetValue(gate, out var read) && read.Start == answer.Start;
        var last = goesOn ? read.Last : 0;
        List<JournalRow> rows = [];
        foreach (var row in answer.Rows.Where(row => row.Sequence > last))
        {
            rows.Add(row with { Gate = gate, Missed = goesOn ? Math.Max(row.Missed, row.Sequence - last - 1) : row.Missed });
            (last, goesOn) = (row.Sequence, true);
        }

        _read[gate] = (answer.Start, last);
        return rows;
    }
}
