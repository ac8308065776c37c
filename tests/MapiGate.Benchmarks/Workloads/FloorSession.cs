namespace MapiGate.Benchmarks;

/// <summary>What a server without the gate would keep for a session: who it is for, since when, and whether it has ended.</summary>
internal sealed class FloorSession(MapiClient client, DateTimeOffset startedAt = default)
{
    private int _hasEnded;

    public MapiClient Client { get; } = client;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public bool HasEnded => Volatile.Read(ref _hasEnded) != 0;

    public void End() => Volatile.Write(ref _hasEnded, 1);
}
