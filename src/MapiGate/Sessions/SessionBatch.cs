using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>Sessions that were disconnected together, to be handed out in runs. Its user guards it.</summary>
internal sealed class SessionBatch(MapiSession?[][] chunks, int chunkSize, int count, bool isListenedTo)
{
    private int _taken;

    public static SessionBatch Empty { get; } = new([], 1, 0, isListenedTo: false);

    public int Count { get; } = count;

    /// <summary>Whether any of the sessions may have a callback to run.</summary>
    public bool IsListenedTo { get; } = isListenedTo;

    public int RunsLeft => ((Count + chunkSize - 1) / chunkSize) - _taken;

    public static SessionBatch Of(MapiSession session) => new([[session]], 1, 1, isListenedTo: true);

    /// <summary>Hands out the next run; <see langword="null"/> when all have been.</summary>
    /// <remarks>
    /// The one who will work through it asks for it: made on its own thread, it does not share a cache line with another
    /// courier's, each of which is written to for every session.
    /// </remarks>
    public SessionRun? TakeRun(Courier owner, ILogger logger)
    {
        var rest = Count - (_taken * chunkSize);
        return rest <= 0 ? null : new SessionRun(chunks[_taken++], Math.Min(rest, chunkSize), owner, logger);
    }
}
