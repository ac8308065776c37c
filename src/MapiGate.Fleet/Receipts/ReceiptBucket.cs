using NATS.Client.JetStream.Models;

namespace MapiGate.Fleet;

/// <summary>Where each gate keeps its receipt, under a key that it alone may write. One that says no more is forgotten after an hour.</summary>
internal sealed class ReceiptBucket(FleetConnections connections)
{
    // What a gate may write there is shown by all others: many times what an honest one says.
    private const int MostBytes = 64 * 1024;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly Bucket _bucket = new("mapigate-gates");

    /// <summary>Writes this gate's receipt: that it was answered shows that most of the servers are there.</summary>
    /// <exception cref="IOException">It may have been written, and may not.</exception>
    public Task<ulong> WriteAsync(string key, GateReceipt receipt, CancellationToken cancellationToken) =>
        _bucket.PutAsync(connections.Gate, key, receipt.ToBytes(), cancellationToken);

    /// <summary>Reads a gate's receipt; <see langword="null"/> when there is none.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public async Task<KeptReceipt?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var entry = await _bucket.GetAsync(connections.Gate, key, cancellationToken).ConfigureAwait(false);
        return entry.Value is { } value ? new KeptReceipt(key, GateReceipt.TryRead(value), entry.Revision, entry.Time) : null;
    }

    /// <summary>Reads all receipts.</summary>
    /// <exception cref="IOException">They can't be read.</exception>
    public async Task<IReadOnlyList<KeptReceipt>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var keys = await _bucket.KeysAsync(connections.Gate, cancellationToken).ConfigureAwait(false);
        var receipts = await Task.WhenAll(keys.Select(key => ReadAsync(key, cancellationToken))).ConfigureAwait(false);
        return [.. receipts.OfType<KeptReceipt>()];
    }

    public Task<bool> TryMakeAsync(FleetConnection administrator, int replicas, CancellationToken cancellationToken) => _bucket.TryMakeAsync(
        administrator,
        new StreamConfig { MaxMsgsPerSubject = 1, MaxMsgSize = MostBytes, MaxAge = Remembered, NumReplicas = replicas },
        cancellationToken);
}
