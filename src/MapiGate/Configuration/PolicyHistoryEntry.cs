namespace MapiGate;

/// <summary>A policy document of earlier, or the one of now.</summary>
public sealed record PolicyHistoryEntry
{
    /// <summary>The document's number, from 1, rising by one.</summary>
    public required long Number { get; init; }

    /// <summary>The document's version.</summary>
    public required string Version { get; init; }

    /// <summary>The document, as it was written.</summary>
    public required string Document { get; init; }

    /// <summary>Who wrote it; empty when it was not written through the store.</summary>
    public string Author { get; init; } = string.Empty;

    /// <summary>Why.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>When it was written, or found, in UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether it was not written through the store, but found: somebody edited it by hand.</summary>
    public bool IsByHand { get; init; }
}
