namespace MapiGate;

/// <summary>The newest document and what every gate makes of it, as far as this gate can see.</summary>
public sealed record FleetStatus
{
    /// <summary>The epoch of the newest document; 0 when there is none.</summary>
    public long Epoch { get; init; }

    /// <summary>Its generation.</summary>
    public long Generation { get; init; }

    /// <summary>Every gate that is known, by name.</summary>
    public IReadOnlyList<FleetGate> Gates { get; init; } = [];

    /// <summary>Why this gate sees no more than itself; <see langword="null"/> when it sees all.</summary>
    public string? Trouble { get; init; }
}
