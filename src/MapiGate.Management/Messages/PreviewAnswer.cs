namespace MapiGate.Management;

/// <summary>What a document would do to the sessions alive now, in all gates; and which limit that would pass.</summary>
internal sealed record PreviewAnswer(
    IReadOnlyList<ErrorAnswer> Errors,
    IReadOnlyList<FindingAnswer> Findings,
    string Fingerprint,
    long Examined,
    long Disconnected,
    IReadOnlyList<CountRow> ByProgram,
    IReadOnlyList<CountRow> ByRule,
    IReadOnlyList<CountRow> ByUser,
    IReadOnlyList<CountRow> ByAddress,
    IReadOnlyList<SessionRow> Sessions,
    string Document,
    string? Limit,
    IReadOnlyList<GateCuts> Gates,
    IReadOnlyList<FleetGap> Missing);
