using System.Reflection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet;

/// <summary>Writes this gate's receipt: when something of it changes, and every few seconds so that it is seen to be there.</summary>
internal sealed class GateReporter(FleetOptions options, FleetPolicySource source, IPolicyDocumentFollower policy, FleetFollower follower, ReceiptBucket receipts, FleetContact contact, Wakeups wakeups, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly string ProgramVersion = typeof(GateReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;

    private readonly Lock _describing = new();
    private readonly string _run = Guid.NewGuid().ToString("N");
    private GateReceipt? _sent;
    private PolicyPosition _applied = source.Used?.Position ?? PolicyPosition.None;
    private long _sentAt;
    private bool _isNameTaken;

    /// <summary>The gate's name as a key.</summary>
    public string Key { get; } = GateKey.Of(options.Gate);

    /// <summary>This gate's receipt that the servers have, and when they acknowledged it, by this machine's timestamps.</summary>
    public (ulong Revision, long Timestamp) Acknowledged { get; private set; }

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
        var (gate, seen) = (policy.Gatekeeper, source.Seen);
        var (status, inForce) = (gate.Status, gate.InForce);
        var isTheDocument = inForce.Fingerprint == seen?.Fingerprint;

        // What the fleet is in trouble with is no error of the document's.
        var error = source.Trouble is { } trouble ? status.Error?.Replace(trouble, string.Empty, StringComparison.Ordinal).Trim() : status.Error;
        var (state, reason) =
            source.Rejection is { } rejection ? (GateReceiptState.Rejected, rejection)
            : status.Held is { } hold && !isTheDocument ? (GateReceiptState.Held, hold.ToString())
            : error is { Length: > 0 } && !isTheDocument ? (GateReceiptState.Rejected, error)
            : (GateReceiptState.Applied, isTheDocument ? string.Empty : status.IsByHand ? status.ToString() : "Other sources of this gate say more than the document.");
        PolicyPosition applied;
        lock (_describing)
        {
            applied = _applied = state == GateReceiptState.Applied ? seen?.Position ?? PolicyPosition.None : _applied;
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
            Reason = reason,
            Fingerprint = inForce.Fingerprint,
            Revision = inForce.Revision,
            Disconnected = gate.Journal.Recent.LastOrDefault(entry => entry.Kind == JournalEntryKind.PolicyChanged)?.Receipt?.Disconnected ?? 0,
            Sessions = gate.Sessions.Count,
            Since = status.Since ?? inForce.Since,
            ProgramVersion = ProgramVersion,
        };
    }

    // The sessions come and go all the time, and are told with the next beat.
    private bool IsNews(GateReceipt now) => now with { Sessions = 0 } != _sent! with { Sessions = 0 };

    private async Task SendAsync(GateReceipt now, CancellationToken cancellationToken)
    {
        await FindNamesakeAsync(cancellationToken).ConfigureAwait(false);
        var revision = await receipts.WriteAsync(Key, now, cancellationToken).ConfigureAwait(false);
        (_sent, _sentAt) = (now, timeProvider.GetTimestamp());
        Acknowledged = (revision, _sentAt);
        contact.Acknowledged();
    }

    // Another run of this gate may have written before this one began; since then, nobody but this one may.
    private async Task FindNamesakeAsync(CancellationToken cancellationToken)
    {
        if (_sent is null)
        {
            return;
        }

        var isTaken = await receipts.ReadAsync(Key, cancellationToken).ConfigureAwait(false) is { } kept && kept.Receipt.Run != _run && kept.Revision > Acknowledged.Revision;
        if (isTaken && !_isNameTaken)
        {
            FleetLog.NameTaken(logger, options.Gate);
        }

        _isNameTaken = isTaken;
    }
}
