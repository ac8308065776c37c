using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>What servers answer when they are asked about a stream: how it is, or why they can't say.</summary>
internal sealed record StreamInfoAnswer([property: JsonPropertyName("error")] StreamError? Error, [property: JsonPropertyName("state")] StreamState? State);

/// <param name="Code">Which error, by the list of nats-server.</param>
/// <param name="Description">The same in words.</param>
internal sealed record StreamError([property: JsonPropertyName("err_code")] int Code, [property: JsonPropertyName("description")] string? Description)
{
    /// <summary>
    /// What a server says of an account that has no streams of its own, though the question is about another's, whose it imports:
    /// beside the answer of the server that knows, and at times before it.
    /// </summary>
    public const int NotEnabledForAccount = 10039;
}

/// <param name="LastRevision">The last revision, of whatever key.</param>
/// <param name="Subjects">The subjects that have a value.</param>
internal sealed record StreamState([property: JsonPropertyName("last_seq")] ulong LastRevision, [property: JsonPropertyName("subjects")] Dictionary<string, long>? Subjects);
