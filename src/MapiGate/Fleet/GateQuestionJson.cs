using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapiGate;

/// <summary>How questions and answers are written. What must be there and is not, is no answer.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GateQuestion))]
[JsonSerializable(typeof(GatePreview))]
[JsonSerializable(typeof(GateRows<SessionRow>))]
[JsonSerializable(typeof(GateRows<ProgramRow>))]
[JsonSerializable(typeof(GateRows<RefusedRow>))]
[JsonSerializable(typeof(GateJournalRows))]
[JsonSerializable(typeof(GateExplanation))]
[JsonSerializable(typeof(GateKick))]
[JsonSerializable(typeof(GateHold))]
internal sealed partial class GateQuestionJson : JsonSerializerContext;
