using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapiGate.Management;

/// <summary>How everything that management reads and answers is written as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ProgramAnswer>))]
[JsonSerializable(typeof(SessionsAnswer))]
[JsonSerializable(typeof(IReadOnlyList<RefusedRow>))]
[JsonSerializable(typeof(IReadOnlyList<FindingAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<JournalRow>))]
[JsonSerializable(typeof(IReadOnlyList<GateAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<HistoryAnswer>))]
[JsonSerializable(typeof(PolicyAnswer))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(WriteAnswer))]
[JsonSerializable(typeof(KickAnswer))]
[JsonSerializable(typeof(ExplainAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(DocumentOrder))]
[JsonSerializable(typeof(BlockOrder))]
[JsonSerializable(typeof(KickOrder))]
[JsonSerializable(typeof(ExplainOrder))]
[JsonSerializable(typeof(RollbackOrder))]
[JsonSerializable(typeof(FingerprintOrder))]
[JsonSerializable(typeof(TokenOrder))]
internal sealed partial class ManagementJson : JsonSerializerContext;
