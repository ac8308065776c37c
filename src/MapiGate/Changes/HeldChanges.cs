namespace MapiGate;

/// <summary>The changes that are held, one of each origin at most: a newer one takes the place of an older.</summary>
internal sealed class HeldChanges
{
    private readonly List<HeldChange> _changes = [];

    public IReadOnlyList<PolicyHold> Holds => [.. _changes.Select(held => held.Hold)];

    public HeldChange? Find(ChangeOrigin origin) => _changes.Find(held => held.Origin == origin);

    /// <summary>The change with that fingerprint.</summary>
    /// <exception cref="InvalidOperationException">It is not held; the message says what is.</exception>
    public HeldChange Get(string fingerprint) =>
        _changes.FindLast(held => held.Hold.Fingerprint == fingerprint) ?? throw new InvalidOperationException(_changes.Count == 0
            ? $"The change {fingerprint} is not held: none is."
            : $"The change {fingerprint} is not held; {string.Join(" and ", _changes.Select(held => held.Hold.Fingerprint))} is. Look at the status again.");

    public void Add(HeldChange held)
    {
        Remove(held.Origin);
        _changes.Add(held);
    }

    public HeldChange? Remove(ChangeOrigin origin)
    {
        var held = Find(origin);
        _changes.RemoveAll(other => ReferenceEquals(other, held));
        return held;
    }

    /// <summary>Removes every change to a policy that says the same.</summary>
    public void RemoveChangesTo(RulePolicy policy) => _changes.RemoveAll(held => held.Origin != ChangeOrigin.Moment && policy.SaysTheSameAs(held.Policy));
}
