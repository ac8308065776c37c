namespace MapiGate.Management;

/// <summary>What an operator needs first.</summary>
internal sealed record StatusAnswer(
    string Gate,
    DateTimeOffset Now,
    long Revision,
    string Fingerprint,
    string EffectiveFingerprint,
    DateTimeOffset Since,
    bool IsCurrent,
    bool IsByHand,
    string? Error,
    string? Warning,
    IReadOnlyList<HoldRow> Holds,
    int Sessions,
    int Refused,
    int Findings,
    string Text,
    string User,
    bool MayWrite);
