using NATS.Client.JetStream.Models;

namespace MapiGate.Fleet;

/// <summary>
/// Where the document is kept. All that were written under its key are its history: what was written and what is remembered
/// of it can't part.
/// </summary>
internal sealed class DocumentBucket(FleetConnections connections)
{
    /// <summary>Where the servers tell all gates of each document, as soon as it is written.</summary>
    public const string Announcements = "mapigate.document";

    // NATS tools write at most 64 themselves; the servers keep as many as they are told.
    private const int Kept = 100;
    private const string Key = "document";

    private readonly Bucket _bucket = new("mapigate-policy");

    /// <summary>Reads the document, and the revision that the next write has to name.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="InvalidDataException">Something else stands there.</exception>
    public async Task<(FleetDocument? Document, ulong Revision)> ReadAsync(FleetConnection connection, CancellationToken cancellationToken)
    {
        var entry = await _bucket.GetAsync(connection, Key, cancellationToken).ConfigureAwait(false);
        return (entry.Value is { } value ? FleetDocument.Read(value) : null, entry.Revision);
    }

    /// <summary>Whether nothing was written after a revision. A server that has just come back may answer with what it kept before.</summary>
    /// <exception cref="IOException">That can't be known.</exception>
    public async Task<bool> IsLastAsync(FleetConnection connection, ulong revision, CancellationToken cancellationToken) =>
        await _bucket.FindLastRevisionAsync(connection, cancellationToken).ConfigureAwait(false) == revision;

    /// <summary>Writes the document, if the revision is still the one that is named.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="IOException">It may have been written, and may not.</exception>
    public Task<bool> TryWriteAsync(FleetConnection administrator, FleetDocument document, ulong revision, CancellationToken cancellationToken) =>
        _bucket.TryReplaceAsync(administrator, Key, document.ToBytes(), revision, cancellationToken);

    /// <summary>The last documents, the newest first.</summary>
    /// <exception cref="IOException">They can't be read.</exception>
    public async Task<IReadOnlyList<FleetDocument>> ReadHistoryAsync(CancellationToken cancellationToken)
    {
        var newest = (await _bucket.GetAsync(connections.Gate, Key, cancellationToken).ConfigureAwait(false)).Revision;
        var oldest = newest > Kept ? newest - Kept + 1 : 1;
        var entries = await Task.WhenAll(Enumerable.Range(0, newest == 0 ? 0 : (int)(newest - oldest) + 1)
            .Select(back => _bucket.GetAsync(connections.Gate, newest - (ulong)back, cancellationToken))).ConfigureAwait(false);
        return [.. entries.Select(entry => TryRead(entry.Value)).OfType<FleetDocument>()];
    }

    public Task<bool> TryMakeAsync(FleetConnection administrator, int replicas, CancellationToken cancellationToken) => _bucket.TryMakeAsync(
        administrator,
        new StreamConfig { MaxMsgsPerSubject = Kept, NumReplicas = replicas, Republish = new Republish { Src = _bucket.Subject(Key), Dest = Announcements } },
        cancellationToken);

    private static FleetDocument? TryRead(byte[]? value)
    {
        try
        {
            return value is null ? null : FleetDocument.Read(value);
        }
        catch (InvalidDataException)
        {
            // Somebody wrote something else there; who reads the history wants the rest of it.
            return null;
        }
    }
}
