namespace MapiGate;

/// <summary>Why sessions were disconnected, and who counts their releases. One for each rule that a change enforced.</summary>
internal sealed record Disconnection(ConnectionVerdict Verdict, ReleaseCountdown Releases);
