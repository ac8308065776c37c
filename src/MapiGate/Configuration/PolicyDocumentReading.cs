namespace MapiGate;

/// <summary>A policy document, read: its values by configuration key and the policy that they make, or everything that is wrong with it.</summary>
internal sealed record PolicyDocumentReading(IReadOnlyDictionary<string, string?> Values, RulePolicy? Policy, IReadOnlyList<string> Errors);
