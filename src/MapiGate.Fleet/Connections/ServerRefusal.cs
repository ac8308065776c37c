namespace MapiGate.Fleet;

/// <summary>What a server refused, in its words, the subject among them.</summary>
internal sealed record ServerRefusal(string Text, DateTimeOffset At);
