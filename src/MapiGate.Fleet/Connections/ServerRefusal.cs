namespace MapiGate.Fleet;

/// <summary>What a server refused.</summary>
/// <param name="Text">It, in the server's words, the subject among them.</param>
/// <param name="At">When, for people.</param>
/// <param name="Timestamp">When, by this machine's timestamps: clocks jump.</param>
internal sealed record ServerRefusal(string Text, DateTimeOffset At, long Timestamp);
