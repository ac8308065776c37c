using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>How receipts are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GateReceipt))]
internal sealed partial class GateReceiptJson : JsonSerializerContext;
