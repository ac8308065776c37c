namespace MapiGate;

/// <summary>What was in force, and what was held, when the gate ended.</summary>
internal sealed record RememberedPolicy(RulePolicy Policy, PolicyHold? Held);
