namespace MapiGate;

/// <summary>One gate of a fleet, as its last receipt tells.</summary>
public sealed record FleetGate
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it makes of the newest document.</summary>
    public required FleetGateState State { get; init; }

    /// <summary>The epoch of the document that it applied last.</summary>
    public long Epoch { get; init; }

    /// <summary>The generation of that document, within its epoch.</summary>
    public long Generation { get; init; }

    /// <summary>The fingerprint of what it has in force.</summary>
    public string Fingerprint { get; init; } = string.Empty;

    /// <summary>How old its receipt is, by the server's clock.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>How many sessions it has.</summary>
    public long Live { get; init; }

    /// <summary>How many it cut for that document.</summary>
    public long Cut { get; init; }

    /// <summary>Since when it is in that state, by its own clock.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The version of the program.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>What there is to say about the state; empty when nothing.</summary>
    public string Detail { get; init; } = string.Empty;
}
