using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>Cancels the tokens of sessions that were ended, each session's callbacks as a work item of their own on the thread pool.</summary>
internal sealed class DisconnectCallbacks(ILogger logger)
{
    /// <summary>Cancels the tokens. When it returns, every one is cancelled; the callbacks go on.</summary>
    public void RunAll(IEnumerable<MapiSession> sessions)
    {
        foreach (var session in sessions)
        {
            var running = session.CancelAsync();
            if (!running.IsCompletedSuccessfully)
            {
                LogFailure(running, session);
            }
        }
    }

    // A callback is the host's code, and may throw.
    private void LogFailure(Task running, MapiSession session) => running.ContinueWith(
        static (failed, state) =>
        {
            var (logger, session) = ((ILogger, MapiSession))state!;
            Log.DisconnectCallbackFailed(logger, session.Id, session.Client.Program.NamesText, ClientText.Clean(session.Client.UserName), failed.Exception!);
        },
        (logger, session),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted,
        TaskScheduler.Default);
}
