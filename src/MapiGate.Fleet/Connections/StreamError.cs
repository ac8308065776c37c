using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>Why a server can say nothing of a stream.</summary>
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
