using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>How a stream is, by the server that leads it.</summary>
/// <param name="LastRevision">The last revision, of whatever key.</param>
/// <param name="Subjects">The subjects that have a value.</param>
internal sealed record StreamState([property: JsonPropertyName("last_seq")] ulong LastRevision, [property: JsonPropertyName("subjects")] Dictionary<string, long>? Subjects);
