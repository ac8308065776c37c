namespace MapiGate;

/// <summary>What a write to an <see cref="IPolicyStore"/> did.</summary>
public sealed record PolicyWrite
{
    /// <summary>What became of it.</summary>
    public required PolicyWriteOutcome Outcome { get; init; }

    /// <summary>The version of the document kept now; <see langword="null"/> where it cannot be read.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// What this gate did, <see cref="PolicyReceipt.Held"/> included; <see langword="null"/> when nothing was written, or when
    /// the policy says what it said before.
    /// </summary>
    public PolicyReceipt? Receipt { get; init; }

    /// <summary>Everything that stands in the way, each with its key, its value and the fix; empty when it was written.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}
