namespace MapiGate;

/// <summary>Disconnects sessions for one reason after another, and remembers whom.</summary>
internal sealed class SessionSweep(SessionTable table)
{
    private readonly List<(string Rule, EndedSessions Ended)> _disconnected = [];
    private ReleaseCountdown? _releases;

    /// <summary>Those disconnected, and by which rule.</summary>
    public IEnumerable<(MapiSession Session, string Rule)> Sessions =>
        _disconnected.SelectMany(together => together.Ended.Sessions, (together, session) => (session, together.Rule));

    public long Count { get; private set; }

    /// <summary>Ends when hosts have released them all.</summary>
    public Task Completion => _releases?.Completion ?? Task.CompletedTask;

    public void Disconnect(DeniedSessions denied) => Add(denied.Verdict, disconnection => denied.Disconnect(table, disconnection));

    /// <summary>Disconnects those of the sessions that are still there.</summary>
    public void Disconnect(IReadOnlyList<MapiSession> sessions, ConnectionVerdict verdict) => Add(verdict, disconnection => table.Disconnect(sessions, disconnection));

    /// <summary>There are no more to come.</summary>
    public void Finish() => _releases?.Signal();

    /// <inheritdoc cref="EndedSessions.Watch"/>
    public void WatchCallbacks()
    {
        foreach (var (_, ended) in _disconnected)
        {
            ended.Watch(table.Callbacks);
        }
    }

    private void Add(ConnectionVerdict verdict, Func<Disconnection, EndedSessions> disconnect)
    {
        _releases ??= new ReleaseCountdown();
        var ended = disconnect(new Disconnection(verdict, _releases));
        if (ended.Sessions.Count > 0)
        {
            _disconnected.Add((verdict.Rule!, ended));
            Count += ended.Sessions.Count;
        }
    }
}
