namespace MapiGate;

/// <summary>Why and with which others a session was ended by the gate.</summary>
internal sealed record Disconnection(ConnectionVerdict Verdict, ReleaseCountdown Releases);
