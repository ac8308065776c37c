using System.Text.Json.Serialization;

namespace MapiGate.AspNetCore;

[JsonSerializable(typeof(Seal))]
internal sealed partial class SealJson : JsonSerializerContext;
