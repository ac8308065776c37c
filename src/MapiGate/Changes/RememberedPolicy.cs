namespace MapiGate;

/// <summary>What a restart must know.</summary>
/// <param name="Policy">The policy in force.</param>
/// <param name="Followed">The fingerprint of what configuration said last that was dealt with; <see langword="null"/> when none is followed.</param>
/// <param name="Held">What configuration asked for that is held.</param>
/// <param name="HeldAtBeginning">The hold of rules that should have begun.</param>
/// <param name="Waiting">The names of those rules.</param>
internal sealed record RememberedPolicy(RulePolicy Policy, string? Followed, PolicyHold? Held, PolicyHold? HeldAtBeginning, IReadOnlySet<string> Waiting);
