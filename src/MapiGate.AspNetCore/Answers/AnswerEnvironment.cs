using Microsoft.Extensions.Logging;

namespace MapiGate.AspNetCore;

/// <summary>What answering needs beside the request: one for each gate.</summary>
internal sealed record AnswerEnvironment(TimeProvider Clock, ILogger Logger, HttpMetrics Metrics, ServerTraits Traits);
