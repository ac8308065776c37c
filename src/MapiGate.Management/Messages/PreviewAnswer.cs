namespace MapiGate.Management;

/// <summary>What a document would do to the sessions alive now.</summary>
internal sealed record PreviewAnswer(
    IReadOnlyList<ErrorAnswer> Errors,
    IReadOnlyList<FindingAnswer> Findings,
    string Fingerprint,
    long Examined,
    long Disconnected,
    IReadOnlyList<CountAnswer> ByProgram,
    IReadOnlyList<CountAnswer> ByRule,
    IReadOnlyList<CountAnswer> ByUser,
    IReadOnlyList<CountAnswer> ByAddress,
    IReadOnlyList<SessionAnswer> Sessions,
    string Document);
