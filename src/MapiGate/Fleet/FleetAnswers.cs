namespace MapiGate;

/// <summary>What the gates of a fleet answered.</summary>
/// <typeparam name="TAnswer">What they were asked for.</typeparam>
/// <param name="Answers">The answers by the name of the gate, as the network vouches for it.</param>
/// <param name="Missing">The gates whose answer is not among them.</param>
public sealed record FleetAnswers<TAnswer>(IReadOnlyDictionary<string, TAnswer> Answers, IReadOnlyList<FleetGap> Missing);
