namespace MapiGate.Gateway.Tests.Processes;

/// <summary>One line of the sample client's <c>--json</c>.</summary>
internal sealed record ClientLine(DateTimeOffset Time, int Session, string Event, string? Code, string Text);
