namespace MapiGate;

/// <summary>
/// Lets in a client that rules deny, if it meets all that is stated, while the exemption is in force. One that states no
/// condition exempts nobody.
/// </summary>
public sealed class ExemptionOptions
{
    /// <summary>
    /// The program's executable name, with wildcards if need be; several are separated by semicolons. Every name that the
    /// client reports must be one of them. Default: any program.
    /// </summary>
    public string? Process { get; set; }

    /// <inheritdoc cref="RuleOptions.Version"/>
    public string? Version { get; set; }

    /// <inheritdoc cref="RuleOptions.Mailbox"/>
    public string? Mailbox { get; set; }

    /// <summary>
    /// The authenticated account, with wildcards if need be, without regard to case: <c>CORP\jane</c>,
    /// <c>jane@corp.example</c>. One without a domain means that name in any domain. The name in the client's own claims
    /// does not count: a client that the host has not authenticated is not exempt by user. Default: any.
    /// </summary>
    public string? User { get; set; }

    /// <inheritdoc cref="RuleOptions.Address"/>
    public string? Address { get; set; }

    /// <summary>When it begins. Default: at once.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>When it ends. The sessions it protected are judged again then. Default: never.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>Why, for whoever reads it next year.</summary>
    public string? Reason { get; set; }
}
