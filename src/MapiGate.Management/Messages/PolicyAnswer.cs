namespace MapiGate.Management;

/// <summary>The policy document, and everything in force with its source.</summary>
internal sealed record PolicyAnswer(
    string Document,
    string Version,
    string Store,
    IReadOnlyList<RuleAnswer> Rules);
