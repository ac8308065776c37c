using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>How what servers say of a stream is read.</summary>
[JsonSerializable(typeof(StreamInfoAnswer))]
internal sealed partial class StreamInfoJson : JsonSerializerContext;
