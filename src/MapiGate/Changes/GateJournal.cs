using System.Runtime.CompilerServices;

namespace MapiGate;

/// <summary>
/// The gate's memory of what happened lately, in two bounded parts: changes of policy and status, and what became of
/// clients. So a storm of refusals cannot push a receipt out. All members may be used from any thread.
/// </summary>
public sealed class GateJournal
{
    // A change is a person's doing, a refusal a program's.
    private const int MostChanges = 200;
    private const int MostClients = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _changes = new();
    private readonly Queue<JournalEntry> _clients = new();
    private readonly RefusedClients _refused = new();
    private readonly TimeProvider _timeProvider;
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;

    internal GateJournal(TimeProvider timeProvider) => _timeProvider = timeProvider;

    /// <summary>The last 200 changes and the last 1,000 events of clients, in the order in which they happened.</summary>
    public IReadOnlyList<JournalEntry> Recent
    {
        get
        {
            lock (_lock)
            {
                return EntriesAfter(0);
            }
        }
    }

    /// <summary>
    /// Who is still turned away, the last one first: at most 1,000. A client that a change of policy lets in again is gone
    /// from here.
    /// </summary>
    public IReadOnlyList<RefusedClient> Refused => _refused.ToList();

    /// <summary>
    /// Reads entries as they are made. A reader that is slower than they come loses the oldest, and is told how many by
    /// <see cref="JournalEntry.Missed"/>; it never slows the gate.
    /// </summary>
    /// <param name="after">The number of the last entry already read; 0 to begin with the oldest still kept.</param>
    /// <param name="cancellationToken">Ends the reading, by <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            JournalEntry[] entries;
            Task appended;
            lock (_lock)
            {
                // A reader that is ahead comes from before the gate was started anew, and has read nothing of this one.
                after = after < 0 || after > _sequence ? 0 : after;
                entries = EntriesAfter(after);
                appended = _appended.Task;
            }

            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var missed = entry.Sequence - after - 1;
                after = entry.Sequence;
                yield return missed > 0 ? entry with { Missed = missed } : entry;
            }

            await appended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Names this journal among all: its numbers mean nothing in another.</summary>
    internal string Start { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    internal bool HasRefused => _refused.Count > 0;

    internal void AddChange(JournalEntryKind kind, long revision, Lazy<string> text, PolicyReceipt? receipt = null, PolicyHold? hold = null) =>
        Add(_changes, MostChanges, new JournalEntry(text) { Kind = kind, Revision = revision, Receipt = receipt, Hold = hold });

    internal void AddRefusal(MapiClient client, string rule, long revision)
    {
        var cut = client.Sanitized();
        _refused.Add(cut, rule, revision, _timeProvider.GetUtcNow());
        AddClient(JournalEntryKind.LogonRefused, cut, rule, revision, sessionId: null);
    }

    internal void AddReport(MapiClient client, string rule, long revision) => AddClient(JournalEntryKind.LogonReported, client.Sanitized(), rule, revision, sessionId: null);

    /// <summary>Notes the sessions that were disconnected: all of them, or as many of the last as are kept.</summary>
    internal void AddDisconnected(SessionSweep sweep, long revision)
    {
        var skipped = Math.Max(0, sweep.Count - MostClients);
        lock (_lock)
        {
            _sequence += skipped;
        }

        foreach (var (session, rule) in sweep.Sessions.Skip((int)skipped))
        {
            AddClient(JournalEntryKind.SessionDisconnected, session.Client.Sanitized(), rule, revision, session.Id);
        }
    }

    /// <summary>Forgets the clients refused before a policy came into force that lets them in.</summary>
    internal void ForgetRefused(long revision, Func<MapiClient, bool> isAllowed) => _refused.Forget(revision, isAllowed);

    private void AddClient(JournalEntryKind kind, MapiClient client, string rule, long revision, long? sessionId)
    {
        var what = kind switch
        {
            JournalEntryKind.LogonRefused => "Refused",
            JournalEntryKind.LogonReported => "Would be refused",
            _ => "Disconnected",
        };
        Add(_clients, MostClients, new JournalEntry(new Lazy<string>(() => $"{what} by rule \"{ClientText.Clean(rule)}\": {client}"))
        {
            Kind = kind,
            Revision = revision,
            Rule = rule,
            Client = client,
            SessionId = sessionId,
        });
    }

    private void Add(Queue<JournalEntry> entries, int most, JournalEntry entry)
    {
        TaskCompletionSource appended;
        lock (_lock)
        {
            if (entries.Count == most)
            {
                entries.Dequeue();
            }

            entries.Enqueue(entry with { Sequence = ++_sequence, Time = _timeProvider.GetUtcNow() });
            appended = _appended;
            _appended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        appended.SetResult();
    }

    private JournalEntry[] EntriesAfter(long after) =>
        [.. _changes.Concat(_clients).Where(entry => entry.Sequence > after).OrderBy(entry => entry.Sequence)];
}
