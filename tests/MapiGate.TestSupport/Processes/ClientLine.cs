namespace MapiGate.TestSupport.Processes;

/// <summary>One line of the sample client's <c>--json</c>.</summary>
public sealed record ClientLine(DateTimeOffset Time, int Session, string Event, string? Code, string Text);
