namespace MapiGate;

/// <summary>How many sessions a change to this policy may disconnect before it is held, and which change may all the same.</summary>
internal sealed record DisconnectLimits(int? MaxDisconnects, double? MaxDisconnectPercent, string? ConfirmedFingerprint);
