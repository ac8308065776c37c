using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>Watches over callbacks that run on the thread pool: they are the host's code, and may throw.</summary>
internal sealed class DisconnectCallbacks(ILogger logger)
{
    /// <summary>Logs, when a session's callbacks have run, what they threw.</summary>
    public void Watch(MapiSession session, Task running) => running.ContinueWith(
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
