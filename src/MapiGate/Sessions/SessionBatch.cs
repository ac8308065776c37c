namespace MapiGate;

/// <summary>Sessions that were disconnected together, to be handed out one by one. Its user guards it.</summary>
internal sealed class SessionBatch(MapiSession?[][] chunks, int chunkSize, int count)
{
    private int _taken;

    public static SessionBatch Empty { get; } = new([], 1, 0);

    public int Count { get; } = count;

    public static SessionBatch Of(MapiSession session) => new([[session]], 1, 1);

    /// <summary>Hands out the next session; <see langword="null"/> when all have been.</summary>
    public MapiSession? Take()
    {
        if (_taken == Count)
        {
            return null;
        }

        // Let go of it here: a callback that never returns must hold its own session only, not the whole batch.
        ref var place = ref chunks[_taken / chunkSize][_taken % chunkSize];
        var session = place;
        place = null;
        _taken++;
        return session;
    }
}
