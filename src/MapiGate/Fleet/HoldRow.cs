namespace MapiGate;

/// <summary>A change that is held, or would be.</summary>
/// <param name="Fingerprint">What names it.</param>
/// <param name="Disconnects">How many sessions it would cut.</param>
/// <param name="Sessions">Of how many.</param>
/// <param name="Limit">The limit it would pass, as it was written.</param>
/// <param name="Since">Since when it is held.</param>
/// <param name="ByProgram">Whom it would cut.</param>
/// <param name="Text">All that as a sentence, and how to let it through.</param>
public sealed record HoldRow(string Fingerprint, long Disconnects, long Sessions, string Limit, DateTimeOffset Since, IReadOnlyList<CountRow> ByProgram, string Text)
{
    /// <summary>Shows a hold.</summary>
    public static HoldRow Of(PolicyHold hold)
    {
        ArgumentNullException.ThrowIfNull(hold);
        return new HoldRow(
            hold.Fingerprint,
            hold.Disconnects,
            hold.Sessions,
            hold.Limit,
            hold.Since,
            [.. hold.ByProgram.OrderByDescending(program => program.Value).Select(program => new CountRow(program.Key, program.Value))],
            hold.ToString());
    }
}
