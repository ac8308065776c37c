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

    private KnownReceipts? _known;

    public string GateName => options.Gate;

    public bool MayOrder => connections.Administrator is not null;

    public async Task<FleetStatus> ReadAsync(CancellationToken cancellationToken = default)
    {
        string? error = null;
        try
        {
            _known = await ReadNowAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            error = e.Message;
        }

        var known = _known;
        var newest = known?.Document is { } kept && kept.Position >= (follower.Newest?.Position ?? PolicyPosition.None) ? kept : follower.Newest;
        return new FleetStatus
        {
            Document = newest?.Describe(),
            Gates = [.. Judge(known, newest).OrderBy(gate => gate.Name, StringComparer.OrdinalIgnoreCase)],
            Error = contact.FindTrouble(newest) ?? error ?? connections.FindTrouble(),
        };
    }

    public async Task<FleetAnswers<TAnswer>> AskAsync<TAnswer>(GateQuestion<TAnswer> question, string? gate = null, CancellationToken cancellationToken = default)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(question);
        return await asker.AskAsync(question, gate, gate is null ? await FindGatesAsync(cancellationToken).ConfigureAwait(false) : [], cancellationToken).ConfigureAwait(false);
    }

    // Who is there changes slowly, and a page asks several things at once.
    private async Task<IEnumerable<string>> FindGatesAsync(CancellationToken cancellationToken)
    {
        var status = _known is { } known && timeProvider.GetElapsedTime(known.Timestamp) < Fresh ? null : await ReadAsync(cancellationToken).ConfigureAwait(false);
        var gates = status?.Gates ?? [.. Judge(_known, follower.Newest)];
        return gates.Where(other => other.State != FleetGateState.Lost).Select(other => other.Name);
    }

    private IEnumerable<FleetGate> Judge(KnownReceipts? known, FleetDocument? newest)
    {
        if (known is not null)
        {
            var now = known.ServerTime + timeProvider.GetElapsedTime(known.Timestamp);
            foreach (var other in known.Receipts.Where(other => other.Key != reporter.Key))
            {
                var age = now - other.Time;
                yield return GateStates.Judge(other.Receipt, other.Key, age > TimeSpan.Zero ? age : TimeSpan.Zero, newest, known.Document);
            }
        }

        // Of itself a gate knows more than its receipt tells: above all, that nobody gets it.
        var own = GateStates.Judge(reporter.Describe(), reporter.Key, TimeSpan.Zero, newest, known?.Document ?? newest);
        yield return contact.FindSilence() is { } silence
            ? own with { State = FleetGateState.Stale, Detail = contact.FindTrouble(newest) ?? string.Empty, Age = silence }
            : own;
    }

    private async Task<KnownReceipts> ReadNowAsync(CancellationToken cancellationToken)
    {
        var all = await receipts.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var (document, _) = await documents.ReadAsync(connections.Gate, cancellationToken).ConfigureAwait(false);
        var now = timeProvider.GetTimestamp();

        // The servers tell their time with each receipt, and when this gate's came is known here: clocks of gates don't matter.
        var (revision, acknowledged) = reporter.Acknowledged;
        var own = all.FirstOrDefault(receipt => receipt.Key == reporter.Key && receipt.Revision == revision);
        var serverTime = all.Select(receipt => receipt.Time).DefaultIfEmpty().Max();
        return new KnownReceipts(all, document, own is not null ? own.Time + timeProvider.GetElapsedTime(acknowledged, now) : serverTime, now);
    }
}
