using System.Reflection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet;

/// <summary>Writes this gate's receipt: when something of it changes, and every few seconds so that it is seen to be there.</summary>
internal sealed class GateReporter(FleetOptions options, FleetPolicySource source, IPolicyDocumentFollower policy, FleetFollower follower, ReceiptBucket receipts, FleetBuckets buckets, FleetContact contact, Wakeups wakeups, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Forgotten = Beat * 3;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // More than are sent while a gate becomes lost.
    private const int MostAcknowledged = 64;

    // Room for a hold or some errors, and far from what the servers take.
    private const int MostReason = 8000;

    private static readonly string ProgramVersion = typeof(GateReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;

    private readonly Lock _describing = new();
    private readonly string _run = Guid.NewGuid().ToString("N");
    private GateReceipt? _sent;
    private PolicyPosition _applied = source.Used?.Position ?? PolicyPosition.None;
    private long _sentAt;
    private bool _isNameShared;
    private long _namesakeSeenAt;

    /// <summary>The gate's name as a key.</summary>
    public string Key { get; } = GateKey.Of(options.Gate);

    /// <summary>This gate's last receipts that the servers took, the newest last, and when they said so, by this machine's timestamps.</summary>
    public IReadOnlyList<(ulong Revision, long Timestamp)> Acknowledged { get; private set; } = [];

    private ulong LastRevision => Acknowledged.Count > 0 ? Acknowledged[^1].Revision : 0;

    /// <summary>What is said of a name that two gates have.</summary>
    public static string NameSharedText(string name) => $"Another gate calls itself {name}, too: give one of them another name, Fleet:Gate.";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        follower.Taken += wakeups.Wake;
        while (true)
        {
            try
            {
                var now = Describe();
                if (_sent is null || IsNews(now) || timeProvider.GetElapsedTime(_sentAt) >= Beat)
                {
                    await SendAsync(now, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (IOException e)
            {
                contact.WriteFailed(e.Message);
                if (e is BucketMissingException || _sent is null)
                {
                    await MakeBucketAsync(cancellationToken).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // A gate that fell silent would count as lost.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                FleetLog.StepFailed(logger, e);
            }

            await wakeups.WaitAsync(Look, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What this gate says of itself now.</summary>
    public GateReceipt Describe()
    {
        // In this order: while a document is put in force, the gate is where it was before, and not apart from both.
        var (gate, followed) = (policy.Gatekeeper, source.Followed);
        var (status, inForce) = (gate.Status, gate.InForce);
        var seen = source.Seen is { } newest && newest.Fingerprint == inForce.Fingerprint ? newest : followed;
        var isTheDocument = inForce.Fingerprint == seen?.Fingerprint;

        // What the fleet is in trouble with is no error of the document's.
        var error = source.Trouble is { } trouble ? status.Error?.Replace(trouble, string.Empty, StringComparison.Ordinal).Trim() : status.Error;
        var (state, reason) =
            source.Rejection is { } rejection ? (GateReceiptState.Rejected, rejection)
            : status.Held is { } hold ? (GateReceiptState.Held, hold.ToString())
            : error is { Length: > 0 } && !isTheDocument ? (GateReceiptState.Rejected, error)
            : (GateReceiptState.Applied, isTheDocument ? string.Empty : status.IsByHand ? status.ToString() : "Other sources of this gate say more than the document.");
        PolicyPosition applied;
        lock (_describing)
        {
            applied = _applied = state == GateReceiptState.Applied || isTheDocument ? seen?.Position ?? PolicyPosition.None : _applied;
        }

        return new GateReceipt
        {
            Gate = options.Gate,
            Run = _run,
            SeenEpoch = seen?.Epoch ?? 0,
            SeenGeneration = seen?.Generation ?? 0,
            AppliedEpoch = applied.Epoch,
            AppliedGeneration = applied.Generation,
            State = state,
            Reason = reason.Length > MostReason ? $"{reason[..MostReason]}…" : reason,
            Fingerprint = inForce.Fingerprint,
            Revision = inForce.Revision,
            Disconnected = gate.Journal.Recent.LastOrDefault(entry => entry.Kind == JournalEntryKind.PolicyChanged)?.Receipt?.Disconnected ?? 0,
            Sessions = gate.Sessions.Count,
            Since = status.Since ?? inForce.Since,
            ProgramVersion = ProgramVersion,
            IsNameShared = _isNameShared,
        };
    }

    // The sessions come and go all the time, and are told with the next beat.
    private bool IsNews(GateReceipt now) => now with { Sessions = 0 } != _sent! with { Sessions = 0 };

    private async Task SendAsync(GateReceipt now, CancellationToken cancellationToken)
    {
        await FindNamesakeAsync(cancellationToken).ConfigureAwait(false);
        now = now with { IsNameShared = _isNameShared };
        var revision = await receipts.WriteAsync(Key, now, cancellationToken).ConfigureAwait(false);
        (_sent, _sentAt) = (now, timeProvider.GetTimestamp());

        // A bucket that was made anew counts from the beginning.
        Acknowledged = [.. (revision > LastRevision ? Acknowledged : []).TakeLast(MostAcknowledged - 1), (revision, _sentAt)];
        contact.Acknowledged();
    }

    // The first receipt can't be written to a bucket that isn't there, and no answer says why.
    private async Task MakeBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            await buckets.MakeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What is wrong has been said, and is tried again.
        }
    }

    // Another run of this gate may have written before this one began; since then, nobody but this one may.
    private async Task FindNamesakeAsync(CancellationToken cancellationToken)
    {
        if (_sent is null)
        {
            return;
        }

        var isSeen = await receipts.ReadAsync(Key, cancellationToken).ConfigureAwait(false) is { } kept && kept.Receipt?.Run != _run && kept.Revision > LastRevision;
        if (isSeen && !_isNameShared)
        {
            FleetLog.NameTaken(logger, options.Gate);
        }

        // It writes no more often than this one does: that it has not now does not say that it is gone.
        _namesakeSeenAt = isSeen ? timeProvider.GetTimestamp() : _namesakeSeenAt;
        _isNameShared = isSeen || (_isNameShared && timeProvider.GetElapsedTime(_namesakeSeenAt) < Forgotten);
        contact.Namesake = _isNameShared ? NameSharedText(options.Gate) : null;
    }
}
