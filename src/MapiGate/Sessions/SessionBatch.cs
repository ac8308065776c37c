using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>Sessions that were disconnected together, to be handed out in runs. Its user guards it.</summary>
internal sealed class SessionBatch(MapiSession?[][] chunks, int chunkSize, int count)
{
    private int _taken;

    public static SessionBatch Empty { get; } = new([], 1, 0);

    public int Count { get; } = count;

    public static SessionBatch Of(MapiSession session) => new([[session]], 1, 1);

    /// <summary>Hands out the next run; <see langword="null"/> when all have been.</summary>
    /// <remarks>
    /// The one who will work through it asks for it: made on its own thread, it does not share a cache line with another
    /// courier's, each of which is written to for every session.
    /// </remarks>
    public SessionRun? TakeRun(ILogger logger)
    {
        var rest = Count - (_taken * chunkSize);
        return rest <= 0 ? null : new SessionRun(chunks[_taken++], Math.Min(rest, chunkSize), logger);
    }
}
