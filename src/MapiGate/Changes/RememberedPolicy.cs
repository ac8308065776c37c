namespace MapiGate;

/// <summary>What a restart must know.</summary>
/// <param name="Policy">The policy in force.</param>
/// <param name="Withdrawn">The fingerprint of what configuration says still and somebody has withdrawn.</param>
/// <param name="Held">What configuration asked for that is held.</param>
/// <param name="HeldAtBeginning">The hold of rules that should have begun.</param>
/// <param name="Waiting">The names of those rules.</param>
internal sealed record RememberedPolicy(RulePolicy Policy, string? Withdrawn, PolicyHold? Held, PolicyHold? HeldAtBeginning, IReadOnlySet<string> Waiting);
