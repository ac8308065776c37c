namespace MapiGate;

/// <summary>What a gate makes of the fleet's document.</summary>
public enum FleetGateState
{
    /// <summary>The newest document is in force.</summary>
    Synced,

    /// <summary>It has not the newest yet, and is still heard of.</summary>
    Applying,

    /// <summary>It holds the newest, which would cut more sessions than its limits say.</summary>
    Held,

    /// <summary>It cannot use the newest: the detail says why.</summary>
    Rejected,

    /// <summary>It cannot reach the fleet, and enforces the last document it had.</summary>
    Stale,

    /// <summary>Nothing was heard of it for too long.</summary>
    Lost,

    /// <summary>It has the newest, and something else in force beside or before it: another source of its own.</summary>
    Diverged,
}
