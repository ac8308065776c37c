namespace MapiGate;

/// <summary>Whom a document would cut in a gate.</summary>
/// <param name="Errors">Why the gate could not use it; then nothing else is told.</param>
/// <param name="Fingerprint">Names what would be written.</param>
/// <param name="Examined">How many sessions were judged.</param>
/// <param name="Disconnected">How many of them would be cut.</param>
/// <param name="ByProgram">How many of each program: the hundred that would lose most, as in the other counts.</param>
/// <param name="ByRule">How many by each rule.</param>
/// <param name="ByUser">How many of each account.</param>
/// <param name="ByAddress">How many from each address.</param>
/// <param name="Sessions">The first of them.</param>
public sealed record GatePreview(
    IReadOnlyList<string> Errors,
    string Fingerprint,
    long Examined,
    long Disconnected,
    IReadOnlyList<CountRow> ByProgram,
    IReadOnlyList<CountRow> ByRule,
    IReadOnlyList<CountRow> ByUser,
    IReadOnlyList<CountRow> ByAddress,
    IReadOnlyList<SessionRow> Sessions);
