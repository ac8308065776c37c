namespace MapiGate;

/// <summary>What a meter asks a gate when somebody looks.</summary>
/// <param name="Sessions">How many sessions are alive.</param>
/// <param name="Revision">The revision in force.</param>
/// <param name="IsLastKnownGood">Whether that is an older policy than the one written.</param>
internal sealed record GateReadings(Func<long> Sessions, Func<long> Revision, Func<bool> IsLastKnownGood);
