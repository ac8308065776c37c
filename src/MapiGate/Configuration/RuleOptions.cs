namespace MapiGate;

/// <summary>
/// Denies a client that meets all that is stated, while the rule is in force. A rule that states no condition denies nobody.
/// </summary>
public sealed class RuleOptions
{
    /// <summary>
    /// The program's executable name, with wildcards if need be; several are separated by semicolons. A client that reports
    /// several names meets it if any of them does. Default: any program.
    /// </summary>
    public string? Process { get; set; }

    /// <summary>The client versions, in the grammar of <see cref="ClientVersionBlocklist"/>: <c>-16.0.15927.65535</c>. Default: any.</summary>
    public string? Version { get; set; }

    /// <summary>
    /// The mailbox that the client asks for, with wildcards if need be: the common name at the end of
    /// <see cref="MapiClient.UserDn"/>, without regard to case. It is a claim, which the server behind checks against the
    /// account (MS-OXCRPC 3.1.4.1, ecAccessDenied), so it serves where the gate sees no account. Default: any.
    /// </summary>
    public string? Mailbox { get; set; }

    /// <summary>
    /// The authenticated account, with wildcards if need be, without regard to case: <c>CORP\jane</c>,
    /// <c>jane@corp.example</c>. One without a domain means that name in any domain. A client whose account the host does
    /// not know does not meet it. Default: any.
    /// </summary>
    public string? User { get; set; }

    /// <summary>The address that the client logs on from: <c>10.1.2.3</c>, <c>10.1.0.0/16</c>, <c>2001:db8::/32</c>. Default: any.</summary>
    public string? Address { get; set; }

    /// <summary>When it begins; the sessions it denies are disconnected then. Default: at once.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>When it ends; those it denied are let in again from then on. Default: never.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>What a help desk can tell the user. Default: a sentence that names the program.</summary>
    public string? Message { get; set; }

    /// <summary>Why, for whoever reads it next year.</summary>
    public string? Reason { get; set; }

    /// <summary>Whether it is enforced, only reported, or off. Default: <see cref="RuleMode.Enforce"/>.</summary>
    public RuleMode Mode { get; set; }
}
