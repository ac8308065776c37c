namespace MapiGate;

/// <summary>One attempt at reading the policy: the policy, or why there is none; neither while a source is in between.</summary>
internal sealed record PolicyReading(RulePolicy? Policy, IReadOnlyList<string> Errors)
{
    public static PolicyReading InBetween { get; } = new(null, []);

    public string? Error => Errors.Count == 0 ? null : string.Join(' ', Errors);
}
