namespace MapiGate.Attack.Tests.Cuts;

/// <summary>An answer as it came over the wire, its chunks put together.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);
