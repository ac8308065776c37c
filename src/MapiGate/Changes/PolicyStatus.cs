namespace MapiGate;

/// <summary>Whether the policy in force is the one that was last written, or an older one kept in its place.</summary>
public sealed record PolicyStatus
{
    internal static PolicyStatus Current { get; } = new();

    /// <summary>Whether an older policy is in force: what was written since cannot be used, or is held.</summary>
    public bool IsLastKnownGood => Error is not null || Held is not null;

    /// <summary>What cannot be used, why, and how to put it right; otherwise <see langword="null"/>.</summary>
    public string? Error { get; init; }

    /// <summary>The change that is held; otherwise <see langword="null"/>.</summary>
    public PolicyHold? Held { get; init; }

    /// <summary>Since when, in UTC; <see langword="null"/> when nothing is wrong.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The status as text: <c>The policy in force is the one last written.</c>, or what is wrong.</summary>
    public override string ToString() => IsLastKnownGood
        ? string.Join(' ', new[] { Error, Held?.ToString() }.OfType<string>())
        : "The policy in force is the one last written.";
}
