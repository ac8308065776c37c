using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>
/// Tells hosts that sessions were disconnected, on threads of its own: a host's callback may throw, wait or never
/// return, and neither the change of policy nor any other session's callback waits for it.
/// </summary>
internal sealed class DisconnectNotifier(ILogger logger)
{
    public void Post(MapiSession session) => Post([SessionBatch.Of(session)]);

    public void Post(IReadOnlyCollection<SessionBatch> batches)
    {
        // Where nobody listens and nothing is logged there is nothing to tell, and no thread to wake for it.
        SessionBatch[] told = logger.IsEnabled(LogLevel.Information) ? [.. batches] : [.. batches.Where(batch => batch.IsListenedTo)];
        if (told.Length > 0)
        {
            CourierPool.Shared.Post(told, logger);
        }
    }
}
