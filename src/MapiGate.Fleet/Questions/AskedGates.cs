namespace MapiGate.Fleet;

/// <summary>The gates that a question is for.</summary>
/// <param name="Awaited">Those that are there, by all that is known: they are waited for.</param>
/// <param name="Lost">Those that have not been heard of for long: they may answer, are not waited for, and are named if they don't.</param>
/// <param name="Error">Why it is not known who else there is, if it isn't.</param>
internal sealed record AskedGates(IReadOnlyCollection<string> Awaited, IReadOnlyCollection<string> Lost, string? Error)
{
    private const string Others = "(others)";

    private const string LostReason = "It is LOST: it has not been heard of for 35 s, or longer.";

    /// <summary>The one gate that is asked; <see langword="null"/> when all are.</summary>
    public string? Only { get; private init; }

    /// <summary>What is said of those that are not waited for, beside those that are.</summary>
    public IEnumerable<FleetGap> Gaps =>
        [.. Lost.Select(name => new FleetGap(name, LostReason)), .. Error is null ? Array.Empty<FleetGap>() : [new FleetGap(Others, $"Whether there are others, and which, cannot be read: {Error}")]];

    public static AskedGates One(string name) => new([name], [], null) { Only = name };
}
