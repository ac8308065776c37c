namespace MapiGate;

/// <summary>The fleet's document, and how every known gate stands to it.</summary>
public sealed record FleetStatus
{
    /// <summary>The fleet's document; <see langword="null"/> when none was ever written, or none is known.</summary>
    public FleetDocumentInfo? Document { get; init; }

    /// <summary>The gates that were heard of within the last hour, by name.</summary>
    public IReadOnlyList<FleetGate> Gates { get; init; } = [];

    /// <summary>
    /// Why the fleet cannot be asked now, and since when: what is told was known last. <see langword="null"/> when nothing is wrong.
    /// </summary>
#pragma warning disable CA1716 // A keyword of Visual Basic only, which can write [Error].
    public string? Error { get; init; }
#pragma warning restore CA1716
}
