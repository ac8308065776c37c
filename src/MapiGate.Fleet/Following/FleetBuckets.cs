using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet;

/// <summary>Makes the fleet's buckets, where this gate has an administrator's rights.</summary>
internal sealed class FleetBuckets(FleetOptions options, FleetConnections connections, DocumentBucket documents, ReceiptBucket receipts, ILogger logger)
{
    /// <summary>Makes those that are missing.</summary>
    /// <exception cref="IOException">They can't be made.</exception>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        var administrator = connections.Administrator ?? throw new IOException("The fleet's buckets are missing; a gate with an administrator's credentials makes them.");
        var replicas = options.Replicas > 0 ? options.Replicas : FleetOptionsValidator.Split(options.Servers).Length >= 3 ? 3 : 1;
        var areReceiptsNew = await receipts.TryMakeAsync(administrator, replicas, cancellationToken).ConfigureAwait(false);
        if (await documents.TryMakeAsync(administrator, replicas, cancellationToken).ConfigureAwait(false) || areReceiptsNew)
        {
            FleetLog.BucketsMade(logger, replicas);
        }
    }
}
