namespace MapiGate;

/// <summary>What a policy document would make of the policy, beside all other sources, if it were written.</summary>
public sealed record PolicyDraft
{
    /// <summary>The policy; <see langword="null"/> when there are <see cref="Errors"/>.</summary>
    public IConnectionPolicy? Policy { get; init; }

    /// <summary>Names what would be written, as <see cref="PolicyInForce.Fingerprint"/> does; empty when there are <see cref="Errors"/>.</summary>
    public string Fingerprint { get; init; } = string.Empty;

    /// <summary>Why it cannot be written: everything, each with its key, its value and the fix.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What in it may not do what its writer meant.</summary>
    public IReadOnlyList<PolicyFinding> Findings { get; init; } = [];

    /// <summary>Everything the policy would say, each with its source.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    /// <summary>
    /// What <see cref="MapiGateOptions.MaxDisconnects"/> and <see cref="MapiGateOptions.MaxDisconnectPercent"/> say of a change that cuts
    /// so many, in however many gates.
    /// </summary>
    /// <param name="disconnects">How many sessions it would cut.</param>
    /// <param name="sessions">How many there are.</param>
    /// <returns>The limit that it would pass, as it was written; <see langword="null"/> when it may be made, or was confirmed.</returns>
    public string? FindLimit(long disconnects, long sessions) => Policy is not RulePolicy { Written: var written } || written.Limits.ConfirmedFingerprint == written.Fingerprint
        ? null
        : PolicyFuse.FindBlownLimit(written.Limits, disconnects, sessions);

    /// <summary>What a document says by itself, beside no other source.</summary>
    /// <param name="document">The document.</param>
    public static PolicyDraft Read(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var reading = PolicyDocumentReader.Read(document);
        return reading.Policy is { } policy ? Of(policy) : new PolicyDraft { Errors = reading.Errors };
    }

    internal static PolicyDraft Of(RulePolicy policy) => new()
    {
        Policy = policy,
        Fingerprint = policy.Fingerprint,
        Findings = policy.Findings,
        Rules = policy.Describe(),
    };
}
