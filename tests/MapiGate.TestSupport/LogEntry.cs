using Microsoft.Extensions.Logging;

namespace MapiGate.TestSupport;

/// <summary>One line of a log.</summary>
public sealed record LogEntry(LogLevel Level, EventId EventId, string Message, Exception? Exception);
