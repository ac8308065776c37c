using System.Globalization;

namespace MapiGate.Fleet;

/// <summary>The fleet's document as this gate's store. Whoever writes names the document that he saw, and loses to who was faster.</summary>
internal sealed class FleetPolicyStore(
    FleetOptions options,
    FleetPolicySource source,
    IPolicyDocumentFollower policy,
    FleetConnections connections,
    DocumentBucket documents,
    ReceiptBucket receipts,
    FleetBuckets buckets,
    FleetFollower follower,
    TimeProvider timeProvider) : IPolicyStore
{
    // So long a write that was not answered is looked for and, if it isn't there, tried again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.25);

    // What a message says beside what it carries.
    private const int RoomForHead = 1024;

    public string Name => $"the fleet's document ({options.Servers})";

    public async Task<StoredPolicy> ReadAsync(CancellationToken cancellationToken = default)
    {
        var (kept, _) = await FindAsync(connections.Gate, cancellationToken).ConfigureAwait(false);
        return Newest(kept) is { } document ? new StoredPolicy(document.Text, document.Version) : new StoredPolicy(FleetDocument.EmptyText, FleetDocument.Absent);
    }

    public async Task<PolicyWrite> WriteAsync(string document, string expectedVersion, string author, string? reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(expectedVersion);
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        if (policy.FindObjection(source, document) is { } objection)
        {
            return objection;
        }

        if (connections.Administrator is not { } administrator)
        {
            return Unavailable("This gate has no administrator's credentials, and only shows: change the policy from a gate that has, or set Fleet:AdministratorCredentialsFile or Fleet:AdministratorNKeySeedFile here.");
        }

        FleetDocument? written = null;
        var placedAt = 0UL;
        var start = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                var (kept, revision) = await FindAsync(administrator, cancellationToken).ConfigureAwait(false);
                if (written is not null && kept == written)
                {
                    return Written(written);
                }

                var before = Newest(kept);
                if (FleetDocument.VersionOf(before) != expectedVersion)
                {
                    return await MovedAsync(before, expectedVersion, cancellationToken).ConfigureAwait(false);
                }

                if (before?.Text == document && kept == before)
                {
                    // What came of it when it was written is not what comes of it now.
                    return Written(before) with { Receipt = null };
                }

                // At another place than before only when something else was written since: gates may have taken it by now, if
                // it was written and nobody said so.
                if (written is null || revision != placedAt)
                {
                    var place = FindPlace(kept, await FindGreatestAsync(before, cancellationToken).ConfigureAwait(false));
                    (written, placedAt) = (Describe(document, place, author, reason), revision);
                    if (FindExcess(written, administrator) is { } excess)
                    {
                        return new PolicyWrite { Outcome = PolicyWriteOutcome.Invalid, Errors = [excess] };
                    }
                }

                if (await documents.TryWriteAsync(administrator, written, revision, cancellationToken).ConfigureAwait(false))
                {
                    return Written(written);
                }

                // The server that was read may not know yet what was written a moment ago; but it must some day.
                if (timeProvider.GetElapsedTime(start) >= Patience)
                {
                    return Unavailable("The fleet's servers do not agree on the document now: look at the policy again before writing anew.");
                }
            }
            catch (Exception e) when (e is IOException or InvalidDataException && timeProvider.GetElapsedTime(start) >= Patience)
            {
                return Unavailable(written is null
                    ? $"{e.Message} Nothing was written."
                    : $"{e.Message} The document may have been written, and may not: look at the policy again before writing anew.");
            }
            catch (IOException) when (!administrator.IsOpen && written is null)
            {
                return Unavailable($"{administrator.Failure ?? $"No server of the fleet can be reached ({options.Servers})."} Nothing was written; the policy in force stays.");
            }
            catch (IOException)
            {
                // It may have been written: that is looked at before anything is said. And if not, it is tried again; named
                // by the same revision, it can't be written twice.
            }

            await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<PolicyHistoryEntry>> HistoryAsync(CancellationToken cancellationToken = default) =>
    [
        .. (await documents.ReadHistoryAsync(cancellationToken).ConfigureAwait(false)).Select(document => new PolicyHistoryEntry
        {
            Number = document.Generation,
            Version = document.Version,
            Document = document.Text,
            Author = document.Author,
            Reason = document.Reason,
            Time = document.Time,
        }),
    ];

    public Task<PolicyDraft> DraftAsync(string document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Task.FromResult(policy.Draft(source, document));
    }

    /// <summary>Behind all that were ever heard of. Where the servers have forgotten some of those, the epoch tells.</summary>
    private static PolicyPosition FindPlace(FleetDocument? kept, PolicyPosition greatest)
    {
        var hasForgotten = greatest > (kept?.Position ?? PolicyPosition.None);
        return new PolicyPosition(Math.Max(1, hasForgotten ? greatest.Epoch + 1 : greatest.Epoch), greatest.Generation + 1);
    }

    // The client library would refuse it each time, and it would look like a server that doesn't answer.
    private static string? FindExcess(FleetDocument document, FleetConnection administrator) =>
        administrator.Nats.ServerInfo is { MaxPayload: > 0 } server && document.ToBytes().Length is var length && length > server.MaxPayload - RoomForHead
            ? string.Create(CultureInfo.InvariantCulture, $"The document takes {length} bytes, and the fleet's servers take messages of {server.MaxPayload}: raise max_payload there, or write a shorter one.")
            : null;

    private static PolicyWrite Unavailable(string error) => new() { Outcome = PolicyWriteOutcome.Unavailable, Errors = [error] };

    private FleetDocument Describe(string document, PolicyPosition place, string author, string? reason) => new()
    {
        Epoch = place.Epoch,
        Generation = place.Generation,
        Fingerprint = PolicyDraft.Read(document).Fingerprint,
        Text = document,
        Author = author,
        Reason = reason?.Trim() ?? string.Empty,
        Time = timeProvider.GetUtcNow(),
    };

    private PolicyWrite Written(FleetDocument document) =>
        new() { Outcome = PolicyWriteOutcome.Written, Version = document.Version, Receipt = follower.Take(document) };

    private async Task<(FleetDocument? Document, ulong Revision)> FindAsync(FleetConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (BucketMissingException) when (connections.Administrator is not null)
        {
            await buckets.MakeAsync(cancellationToken).ConfigureAwait(false);
            return await documents.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"{e.Message} Write the policy anew, by a tool of NATS: delete the bucket mapigate-policy, and gates give back what they have.", e);
        }
    }

    private FleetDocument? Newest(FleetDocument? kept) => source.Used is { } used && (kept is null || kept.Position < used.Position) ? used : kept;

    private async Task<PolicyPosition> FindGreatestAsync(FleetDocument? known, CancellationToken cancellationToken)
    {
        // A gate that lies must leave numbers for many documents to come.
        var seen = (await receipts.ReadAllAsync(cancellationToken).ConfigureAwait(false)).Select(receipt => receipt.Seen)
            .Where(seen => Math.Max(seen.Epoch, seen.Generation) < GateReceipt.Beyond / 2);
        return seen.Append(known?.Position ?? PolicyPosition.None).Append(source.Seen?.Position ?? PolicyPosition.None).Max();
    }

    private async Task<PolicyWrite> MovedAsync(FleetDocument? now, string expectedVersion, CancellationToken cancellationToken)
    {
        var seen = (await documents.ReadHistoryAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(document => document.Version == expectedVersion);
        return new PolicyWrite
        {
            Outcome = PolicyWriteOutcome.Moved,
            Version = FleetDocument.VersionOf(now),
            Errors = [DocumentChange.Describe(seen, now)],
        };
    }
}
