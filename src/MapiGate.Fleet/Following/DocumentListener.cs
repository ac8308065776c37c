using Microsoft.Extensions.Logging;
using NATS.Client.Core;

namespace MapiGate.Fleet;

/// <summary>
/// Hears of documents: as the servers announce them, and by asking at each connect and every few seconds, since an
/// announcement may be missed.
/// </summary>
internal sealed class DocumentListener(FleetConnections connections, DocumentBucket documents, FleetBuckets buckets, FleetFollower follower, FleetContact contact, Wakeups wakeups, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Before a subscription that broke is made anew.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    public Task RunAsync(CancellationToken cancellationToken)
    {
        connections.Gate.Opened += wakeups.Wake;
        return Task.WhenAll(AskAsync(cancellationToken), HearAsync(cancellationToken));
    }

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await foreach (var announcement in connections.Gate.Nats.SubscribeAsync<byte[]>(DocumentBucket.Announcements, cancellationToken: cancellationToken).ConfigureAwait(false))
                {
                    follower.Take(FleetDocument.Read(announcement.Data));
                }
            }
            catch (InvalidDataException)
            {
                // Whatever it was: the next question tells what is there.
                wakeups.Wake();
            }
#pragma warning disable CA1031 // A gate that stopped to listen would be worse than anything that can go wrong here.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                FleetLog.StepFailed(logger, e);
            }

            await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                contact.ReadFailed(e.Message);
            }
#pragma warning disable CA1031 // A gate that stopped to follow would be worse than anything that can go wrong here.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                FleetLog.StepFailed(logger, e);
                contact.ReadFailed(e.Message);
            }

            Report();
            await wakeups.WaitAsync(Interval * (0.8 + (0.4 * Random.Shared.NextDouble())), cancellationToken).ConfigureAwait(false);
        }
    }

    private void Report()
    {
        try
        {
            follower.Report(contact.FindTrouble(follower.Newest), contact.Namesake, connections.FindTrouble());
        }
#pragma warning disable CA1031 // Others follow the same configuration, and may throw what they like; the host's own sources, too.
        catch (Exception e)
#pragma warning restore CA1031
        {
            FleetLog.StepFailed(logger, e);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (document, revision) = await documents.ReadAsync(connections.Gate, cancellationToken).ConfigureAwait(false);
            if (document is not null)
            {
                follower.Take(document);
            }

            // An absent document empties no policy: the servers have lost it. So they have when theirs is an older one.
            if (follower.Newest is { } newest && (document is null || document.Position < newest.Position))
            {
                await RestoreAsync(newest, document, revision, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (BucketMissingException) when (connections.Administrator is not null)
        {
            await buckets.MakeAsync(cancellationToken).ConfigureAwait(false);
            wakeups.Wake();
        }

        contact.Read();
    }

    // At its own position: of all that give theirs back, the newest document stays.
    private async Task RestoreAsync(FleetDocument newest, FleetDocument? kept, ulong revision, CancellationToken cancellationToken)
    {
        if (connections.Administrator is not { } administrator)
        {
            throw new IOException(kept is null
                ? "Its document is away; a gate with an administrator's credentials gives it back."
                : $"Its servers keep document {kept.Position}, which is older: a gate with an administrator's credentials gives the newer one back.");
        }

        // A server may answer that does not know yet what the others do; then the revision is another, and nothing is written.
        if (await documents.TryWriteAsync(administrator, newest, revision, cancellationToken).ConfigureAwait(false))
        {
            FleetLog.DocumentRestored(logger, newest.Position);
        }
    }
}
