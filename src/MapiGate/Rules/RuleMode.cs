namespace MapiGate;

/// <summary>What a rule does to a client that meets it.</summary>
public enum RuleMode
{
    /// <summary>The client is refused and disconnected.</summary>
    Enforce,

    /// <summary>The client is let in; that the rule would have refused it is logged, counted and kept in the journal.</summary>
    ReportOnly,

    /// <summary>Nothing: the rule is kept for later.</summary>
    Off,
}
