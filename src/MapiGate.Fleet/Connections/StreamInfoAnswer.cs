using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>What servers answer when they are asked about a stream: how it is, or why they can't say.</summary>
internal sealed record StreamInfoAnswer([property: JsonPropertyName("error")] StreamError? Error, [property: JsonPropertyName("state")] StreamState? State);
