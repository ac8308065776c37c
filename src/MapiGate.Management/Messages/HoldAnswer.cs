namespace MapiGate.Management;

/// <summary>A change that is held.</summary>
internal sealed record HoldAnswer(
    string Fingerprint,
    long Disconnects,
    long Sessions,
    string Limit,
    DateTimeOffset Since,
    IReadOnlyList<CountAnswer> ByProgram,
    string Text)
{
    public static HoldAnswer Of(PolicyHold hold) => new(
        hold.Fingerprint,
        hold.Disconnects,
        hold.Sessions,
        hold.Limit,
        hold.Since,
        [.. hold.ByProgram.OrderByDescending(program => program.Value).Select(program => new CountAnswer(program.Key, program.Value))],
        hold.ToString());
}
