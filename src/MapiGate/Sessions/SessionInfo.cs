namespace MapiGate;

/// <summary>A session as others than its host see it: it can be looked at, and not be released.</summary>
public readonly record struct SessionInfo
{
    internal SessionInfo(long id, MapiClient client, DateTimeOffset startedAt, DateTimeOffset lastActiveAt) =>
        (Id, Client, StartedAt, LastActiveAt) = (id, client, startedAt, lastActiveAt);

    /// <inheritdoc cref="MapiSession.Id"/>
    public long Id { get; }

    /// <inheritdoc cref="MapiSession.Client"/>
    public MapiClient Client { get; }

    /// <inheritdoc cref="MapiSession.StartedAt"/>
    public DateTimeOffset StartedAt { get; }

    /// <inheritdoc cref="MapiSession.LastActiveAt"/>
    public DateTimeOffset LastActiveAt { get; }
}
