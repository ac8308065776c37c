namespace MapiGate;

/// <summary>A gate of a fleet, as its last receipt tells.</summary>
public sealed record FleetGate
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>How it stands to the fleet's document.</summary>
    public required FleetGateState State { get; init; }

    /// <summary>Why, and what to do, as sentences; empty for a gate that is <see cref="FleetGateState.Synced"/>.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>How long ago it said so, by the clock of the server that keeps the receipts.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Since when it has been so, by its own clock, in UTC; <see langword="null"/> when it does not know.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The newest document that it has seen.</summary>
    public PolicyPosition Seen { get; init; }

    /// <summary>The newest document that it has put in force.</summary>
    public PolicyPosition Applied { get; init; }

    /// <summary>Names the policy in force there, as <see cref="PolicyInForce.Fingerprint"/> does.</summary>
    public string Fingerprint { get; init; } = string.Empty;

    /// <summary>How many sessions it has.</summary>
    public long Sessions { get; init; }

    /// <summary>How many sessions its last change of policy disconnected.</summary>
    public long Disconnected { get; init; }

    /// <summary>Which version of the program it runs.</summary>
    public string ProgramVersion { get; init; } = string.Empty;

    /// <summary>The revision of the policy in force there.</summary>
    public long Revision { get; init; }
}
