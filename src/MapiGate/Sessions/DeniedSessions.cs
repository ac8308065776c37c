namespace MapiGate;

/// <summary>Sessions of one group that a policy denies by one verdict: all of them, or those listed.</summary>
internal sealed record DeniedSessions(SessionGroup Group, ConnectionVerdict Verdict, IReadOnlyList<MapiSession>? Listed)
{
    public int Count => Listed?.Count ?? Group.Count;

    public SessionBatch Disconnect(Disconnection disconnection) => Listed is null
        ? Group.Stripe.Disconnect(Group, disconnection)
        : Group.Stripe.Disconnect(Group, Listed, disconnection);

    public IReadOnlyList<MapiSession> ToList() => Listed ?? Group.Stripe.Snapshot(Group);
}
