namespace MapiGate;

/// <summary>Lets in a client that a rule denies. What is left out does not matter; what is given must all be met.</summary>
public sealed class ExemptionOptions
{
    /// <summary>The program's executable name, with wildcards if need be. Every name the client reports must match.</summary>
    public string? Process { get; set; }

    /// <summary>
    /// The authenticated account, with wildcards if need be, compared without regard to case. The name in the client's
    /// own claims does not count: a client that the host has not authenticated is not exempt by user.
    /// </summary>
    public string? User { get; set; }

    /// <summary>The moment it ends. The sessions it protected are judged again then. Default: it does not end.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>Why, for whoever reads it next year.</summary>
    public string? Reason { get; set; }
}
