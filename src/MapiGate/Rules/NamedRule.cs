namespace MapiGate;

/// <summary>A named rule: it denies a client that meets its conditions, while it is in force.</summary>
internal sealed record NamedRule(string Name, ClientConditions Conditions, RulePeriod Period, string? Message, string? Reason, RuleMode Mode);
