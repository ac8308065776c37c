namespace MapiGate;

/// <summary>How a gate stands to the fleet's document.</summary>
public enum FleetGateState
{
    /// <summary>It enforces the document, and nothing else.</summary>
    Synced,

    /// <summary>It has not said yet that it has the document.</summary>
    Applying,

    /// <summary>It has the document, and its fuse holds the change until somebody confirms or withdraws it.</summary>
    Held,

    /// <summary>It has the document and cannot use it; what it had before stays in force.</summary>
    Rejected,

    /// <summary>It cannot reach the fleet, and enforces the last document that it had.</summary>
    Stale,

    /// <summary>Nothing was heard of it for longer than three of its receipts take.</summary>
    Lost,

    /// <summary>It has taken the document, or a later one than the fleet has, and enforces something else: another source says more, or its host put another policy in force.</summary>
    Diverged,
}
