namespace MapiGate;

/// <summary>What a <see cref="JournalEntry"/> tells of.</summary>
public enum JournalEntryKind
{
    /// <summary>Another policy came into force, or a rule or an exemption began or ended.</summary>
    PolicyChanged,

    /// <summary>A change was held.</summary>
    PolicyHeld,

    /// <summary>A held change was withdrawn.</summary>
    PolicyWithdrawn,

    /// <summary>What was written cannot be used.</summary>
    PolicyRejected,

    /// <summary>What was written can be used again.</summary>
    PolicyRecovered,

    /// <summary>Sessions were disconnected by order.</summary>
    SessionsKicked,

    /// <summary>A logon was refused.</summary>
    LogonRefused,

    /// <summary>A logon was let in that a rule only reported would have refused.</summary>
    LogonReported,

    /// <summary>A session was disconnected.</summary>
    SessionDisconnected,
}
