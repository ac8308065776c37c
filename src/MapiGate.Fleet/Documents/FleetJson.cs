using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>How documents are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FleetDocument))]
internal sealed partial class FleetJson : JsonSerializerContext;
