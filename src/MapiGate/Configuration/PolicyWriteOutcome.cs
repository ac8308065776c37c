namespace MapiGate;

/// <summary>What became of a write to an <see cref="IPolicyStore"/>.</summary>
public enum PolicyWriteOutcome
{
    /// <summary>The document was written, and this gate has followed it.</summary>
    Written,

    /// <summary>The document is no longer the one that the writer saw: somebody else changed it. Nothing was written.</summary>
    Moved,

    /// <summary>The document cannot be used. Nothing was written.</summary>
    Invalid,

    /// <summary>Another source says otherwise, and would win. Nothing was written.</summary>
    Overridden,

    /// <summary>The store cannot be written to: a full disk, a missing right. The document is as it was.</summary>
    Unavailable,
}
