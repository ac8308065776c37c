namespace MapiGate;

/// <summary>A client that is turned away again and again, cut and cleaned.</summary>
/// <param name="Process">The program's executable name; empty when it gave none.</param>
/// <param name="Version">Its version.</param>
/// <param name="User">The account or, where none is known, the mailbox.</param>
/// <param name="Rule">The rule that refused it last.</param>
/// <param name="Count">How often it was refused.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last.</param>
public sealed record RefusedRow(string Process, string? Version, string User, string Rule, long Count, DateTimeOffset First, DateTimeOffset Last)
{
    /// <inheritdoc cref="SessionRow.Gate"/>
    public string Gate { get; init; } = string.Empty;

    /// <summary>Shows a client that was refused.</summary>
    public static RefusedRow Of(RefusedClient refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return new RefusedRow(refused.Process, refused.Version?.ToString(), refused.User, refused.Rule, refused.Count, refused.First, refused.Last);
    }
}
