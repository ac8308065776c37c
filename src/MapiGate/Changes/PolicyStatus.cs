namespace MapiGate;

/// <summary>Whether the policy in force is the one that was last written, or another in its place.</summary>
public sealed record PolicyStatus
{
    internal PolicyStatus()
    {
    }

    /// <summary>Whether an older policy is in force: what was written since cannot be used, or is held.</summary>
    public bool IsLastKnownGood => Error is not null || Holds.Count > 0;

    /// <summary>What cannot be used, why, and how to put it right; otherwise <see langword="null"/>.</summary>
    public string? Error { get; internal init; }

    /// <summary>The change held last that is held still; otherwise <see langword="null"/>.</summary>
    public PolicyHold? Held => Holds.Count > 0 ? Holds[^1] : null;

    /// <summary>
    /// Every change that is held, until it is confirmed or withdrawn: at most one that configuration asked for, those that the
    /// host applied, and one rule at its beginning.
    /// </summary>
    public IReadOnlyList<PolicyHold> Holds { get; internal init; } = [];

    /// <summary>
    /// Whether the host has put another policy in force than the configuration it follows says, by
    /// <see cref="Gatekeeper.Apply(IConnectionPolicy)"/> or <see cref="Gatekeeper.Withdraw"/>. It stays in force until the
    /// configuration says something new.
    /// </summary>
    public bool IsByHand { get; internal init; }

    /// <summary>What needs somebody's care and does not touch the policy in force, as when it cannot be remembered; otherwise <see langword="null"/>.</summary>
    public string? Warning { get; internal init; }

    /// <summary>Since when it is so, in UTC; <see langword="null"/> when nothing is wrong.</summary>
    public DateTimeOffset? Since { get; internal init; }

    /// <summary>Whether the policy in force is the one last written, and nothing needs care.</summary>
    internal bool IsCurrent => !IsLastKnownGood && !IsByHand && Warning is null;

    /// <summary>The status as text: <c>The policy in force is the one last written.</c>, or what is wrong.</summary>
    public override string ToString()
    {
        var byHand = IsByHand ? "The host has put another policy in force than its configuration says; it stays until the configuration changes." : null;
        return IsCurrent ? "The policy in force is the one last written." : string.Join(' ', new[] { Error }.Concat(Holds.Select(hold => hold.ToString())).Append(byHand).Append(Warning).OfType<string>());
    }
}
