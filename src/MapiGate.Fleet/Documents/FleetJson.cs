using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>How documents are written, and what servers say is read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FleetDocument))]
[JsonSerializable(typeof(StreamInfoAnswer))]
internal sealed partial class FleetJson : JsonSerializerContext;
