namespace MapiGate;

/// <summary>
/// The changes that are held. What configuration asks for takes the place of what it asked for before; what the host
/// applied stays beside what it applied before.
/// </summary>
internal sealed class HeldChanges
{
    // A host that applies one policy after the other, each of them held, does not deal with any.
    private const int Most = 10;

    private readonly List<HeldChange> _changes = [];

    public IReadOnlyList<PolicyHold> Holds => [.. _changes.Select(held => held.Hold)];

    public HeldChange? Find(ChangeOrigin origin) => _changes.Find(held => held.Origin == origin);

    /// <summary>The change with that fingerprint.</summary>
    /// <exception cref="InvalidOperationException">It is not held; the message says what is.</exception>
    public HeldChange Get(string fingerprint) =>
        _changes.FindLast(held => held.Hold.Fingerprint == fingerprint) ?? throw new InvalidOperationException(_changes.Count == 0
            ? $"The change {fingerprint} is not held: none is."
            : $"The change {fingerprint} is not held; {string.Join(" and ", _changes.Select(held => held.Hold.Fingerprint))} is. Look at the status again.");

    /// <summary>Adds a change.</summary>
    /// <returns>The other change that made room for it, if one had to.</returns>
    public HeldChange? Add(HeldChange held)
    {
        _changes.RemoveAll(other => other.Origin == held.Origin && other.Hold.Fingerprint == held.Hold.Fingerprint);
        var displaced = held.Origin != ChangeOrigin.Host ? Find(held.Origin) : _changes.Count >= Most ? Find(ChangeOrigin.Host) : null;
        Remove(displaced);
        _changes.Add(held);
        return displaced;
    }

    public void Remove(HeldChange? held) => _changes.RemoveAll(other => ReferenceEquals(other, held));

    /// <summary>Removes every change to a policy that says the same.</summary>
    public void RemoveChangesTo(RulePolicy policy) => _changes.RemoveAll(held => held.Origin != ChangeOrigin.Moment && policy.SaysTheSameAs(held.Policy));
}
