namespace MapiGate;

/// <summary>A rule that a client meets: its name, and what to tell the user.</summary>
internal sealed record MatchedRule(string Rule, string Message);
