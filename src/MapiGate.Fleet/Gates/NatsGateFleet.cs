namespace MapiGate.Fleet;

/// <summary>The fleet, as this gate sees it.</summary>
internal sealed class NatsGateFleet(
    FleetOptions options,
    FleetConnections connections,
    DocumentBucket documents,
    ReceiptBucket receipts,
    FleetFollower follower,
    FleetContact contact,
    GateReporter reporter,
    FleetAsker asker,
    TimeProvider timeProvider) : IGateFleet
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    // A server that has just come back is behind the others for a moment: another is asked.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.1);
    private const int Tries = 10;

    private KnownReceipts? _known;

    public string GateName => options.Gate;

    public bool MayOrder => connections.Administrator is not null;

    public async Task<FleetStatus> ReadAsync(CancellationToken cancellationToken = default)
    {
        var error = await TryReadNowAsync(cancellationToken).ConfigureAwait(false);
        var known = _known;
        var newest = known?.Document is { } kept && kept.Position >= (follower.Newest?.Position ?? PolicyPosition.None) ? kept : follower.Newest;
        return new FleetStatus
        {
            Document = newest?.Describe(),
            Gates = [.. Judge(known, newest, error).OrderBy(gate => gate.Name, StringComparer.OrdinalIgnoreCase)],
            Error = contact.FindTrouble(newest) ?? error ?? connections.FindTrouble(),
        };
    }

    public async Task<FleetAnswers<TAnswer>> AskAsync<TAnswer>(GateQuestion<TAnswer> question, string? gate = null, CancellationToken cancellationToken = default)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(question);
        return await asker.AskAsync(question, gate is null ? await FindGatesAsync(cancellationToken).ConfigureAwait(false) : AskedGates.One(gate), cancellationToken).ConfigureAwait(false);
    }

    // Who is there changes slowly, and a page asks several things at once.
    private async Task<AskedGates> FindGatesAsync(CancellationToken cancellationToken)
    {
        string? error = null;
        if (_known is null || timeProvider.GetElapsedTime(_known.Timestamp) >= Fresh)
        {
            error = await TryReadNowAsync(cancellationToken).ConfigureAwait(false);
        }

        // Where receipts can't be read, their age says nothing: each gate may be there.
        var gates = Judge(_known, follower.Newest, error).ToLookup(other => other.State == FleetGateState.Lost && error is null, other => other.Name);
        return new AskedGates([.. gates[false]], [.. gates[true]], _known is null ? error : null);
    }

    private async Task<string?> TryReadNowAsync(CancellationToken cancellationToken)
    {
        try
        {
            _known = await ReadNowAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return e.Message;
        }
    }

    private IEnumerable<FleetGate> Judge(KnownReceipts? known, FleetDocument? newest, string? error)
    {
        if (known is not null)
        {
            foreach (var other in known.Receipts.Where(other => other.Key != reporter.Key))
            {
                yield return GateStates.Judge(other.Receipt, other.Key, AgeOf(other, known), newest, known.Document);
            }
        }

        // Of itself a gate knows more than its receipt tells: above all, that nobody gets it.
        var own = GateStates.Judge(reporter.Describe(), reporter.Key, TimeSpan.Zero, newest, known is { IsDocumentLost: true } ? known.Document : newest);
        yield return contact.FindSilence() is { } silence
            ? own with { State = FleetGateState.Stale, Detail = contact.FindTrouble(newest) ?? string.Empty, Age = silence }

            // Nobody has been heard of yet: whoever waits for all gates must not take this one for all.
            : known is null && error is not null ? own with { State = FleetGateState.Applying, Detail = error }
            : own;
    }

    // By the servers' clock; and as old at least as what this gate wrote behind it, however that clock was set meanwhile.
    private TimeSpan AgeOf(KeptReceipt receipt, KnownReceipts known) => known.Own
        .Where(own => own.Revision > receipt.Revision)
        .Select(own => timeProvider.GetElapsedTime(own.Timestamp))
        .Append(known.ServerTime + timeProvider.GetElapsedTime(known.Timestamp) - receipt.Time)
        .Append(TimeSpan.Zero)
        .Max();

    private async Task<KnownReceipts> ReadNowAsync(CancellationToken cancellationToken)
    {
        var all = await receipts.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var before = follower.Newest?.Position ?? PolicyPosition.None;
        var document = await ReadDocumentAsync(all.Select(receipt => receipt.Seen).Append(before).Max(), cancellationToken).ConfigureAwait(false);
        var now = timeProvider.GetTimestamp();

        // The servers tell their time with each receipt, and when this gate's came is known here: clocks of gates don't matter.
        var isLost = (document?.Position ?? PolicyPosition.None) < before;
        var acknowledged = reporter.Acknowledged;
        var (revision, timestamp) = acknowledged.Count > 0 ? acknowledged[^1] : default;
        return all.FirstOrDefault(receipt => receipt.Key == reporter.Key && receipt.Revision == revision) is { } own
            ? new KnownReceipts(all, document, isLost, own.Time + timeProvider.GetElapsedTime(timestamp, now), now, acknowledged)
            : new KnownReceipts(all, document, isLost, all.Select(receipt => receipt.Time).DefaultIfEmpty().Max(), now, []);
    }

    // One that is older than what gates have is lost only when it is the last there is, and not when a server is behind the others.
    private async Task<FleetDocument?> ReadDocumentAsync(PolicyPosition seen, CancellationToken cancellationToken)
    {
        for (var asked = 0; asked < Tries; asked++)
        {
            var (document, revision) = await documents.ReadAsync(connections.Gate, cancellationToken).ConfigureAwait(false);
            if ((document?.Position ?? PolicyPosition.None) >= seen || await documents.IsLastAsync(connections.Gate, revision, cancellationToken).ConfigureAwait(false))
            {
                return document;
            }

            await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        throw new IOException("The fleet's servers do not agree on the document now: one of them is behind the others.");
    }
}
