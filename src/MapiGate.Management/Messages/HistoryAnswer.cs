namespace MapiGate.Management;

/// <summary>A policy document of earlier, or the one of now.</summary>
internal sealed record HistoryAnswer(
    long Number,
    string Version,
    string Author,
    string Reason,
    DateTimeOffset Time,
    bool IsByHand,
    bool IsCurrent,
    string Document);
