namespace MapiGate;

/// <summary>A policy and the number it came into force under. Compared by reference: each change makes a new one.</summary>
public sealed class PolicyInForce
{
    private readonly Lazy<IReadOnlyList<PolicyRule>> _rules;

    internal PolicyInForce(IConnectionPolicy policy, long revision, DateTimeOffset since)
    {
        Policy = policy;
        Revision = revision;
        Since = since;
        _rules = new(() => policy is RulePolicy rules ? rules.Describe() : []);
    }

    /// <summary>The number of the policy: 0 for the first, one more at each change.</summary>
    public long Revision { get; }

    /// <summary>Since when it is in force, in UTC.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>
    /// Names what was written, whatever the moment, host or source, so that gates can be compared: 32 hexadecimal digits.
    /// Empty for a policy that was not made from <see cref="MapiGateOptions"/>.
    /// </summary>
    public string Fingerprint => (Policy as RulePolicy)?.Fingerprint ?? string.Empty;

    /// <summary>
    /// Names what is in force in this gate: what was written, less the rules that have not begun or have ended, beside the
    /// host's own programs. Empty for a policy that was not made from <see cref="MapiGateOptions"/>.
    /// </summary>
    public string EffectiveFingerprint => (Policy as RulePolicy)?.EffectiveFingerprint ?? string.Empty;

    /// <summary>Everything the policy says, each with its source. Empty for a policy that was not made from <see cref="MapiGateOptions"/>.</summary>
    public IReadOnlyList<PolicyRule> Rules => _rules.Value;

    internal IConnectionPolicy Policy { get; }
}
