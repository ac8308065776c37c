namespace MapiGate;

/// <summary>Whether the policy in force is the one that was last written, or one kept because what was written cannot be used.</summary>
public sealed record PolicyStatus
{
    internal static PolicyStatus Current { get; } = new();

    /// <summary>Whether the policy in force is a last known good one: what was written since could not be read or is not valid.</summary>
    public bool IsLastKnownGood => Error is not null;

    /// <summary>What is wrong with what was written last, and how to put it right; <see langword="null"/> when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>Since when, in UTC; <see langword="null"/> when nothing is wrong.</summary>
    public DateTimeOffset? Since { get; init; }
}
