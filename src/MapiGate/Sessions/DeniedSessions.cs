namespace MapiGate;

/// <summary>Sessions of one group that a policy denies by one verdict: all of them, or those listed.</summary>
/// <param name="Group">The group.</param>
/// <param name="Verdict">What the policy says of them.</param>
/// <param name="Listed">Those denied; <see langword="null"/> for the whole group.</param>
/// <param name="Count">How many there were when they were judged: a whole group goes on growing and shrinking.</param>
internal sealed record DeniedSessions(SessionGroup Group, ConnectionVerdict Verdict, IReadOnlyList<MapiSession>? Listed, int Count)
{
    public EndedSessions Disconnect(SessionTable table, Disconnection disconnection) => Listed is null
        ? table.Disconnect(Group, disconnection)
        : table.Disconnect(Listed, disconnection);

    public IReadOnlyList<MapiSession> ListIn(SessionTable table) => Listed ?? table.Snapshot(Group);
}
