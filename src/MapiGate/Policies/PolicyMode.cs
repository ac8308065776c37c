namespace MapiGate;

/// <summary>Whether a policy's rules are enforced.</summary>
public enum PolicyMode
{
    /// <summary>Clients the rules deny are refused and disconnected.</summary>
    Enforce,

    /// <summary>Nobody is refused or disconnected; what the rules would have refused is logged and counted.</summary>
    ReportOnly,
}
