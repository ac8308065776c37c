namespace MapiGate;

/// <summary>What a policy says of a client: allowed, or denied by which rule. The default value is <see cref="Allowed"/>.</summary>
public readonly record struct ConnectionVerdict
{
    // Most verdicts allow, for no reason, and are handed on a few times in each logon: so they are one reference, and null.
    private readonly Reason? _reason;

    private ConnectionVerdict(Reason reason) => _reason = reason == Reason.None ? null : reason;

    /// <summary>The client may have a session, and no rule had anything to say of it.</summary>
    public static ConnectionVerdict Allowed => default;

    /// <summary>Whether the client may have a session.</summary>
    public bool IsAllowed => _reason is not { IsDenied: true };

    /// <summary>
    /// The rule that denies the client, as its administrator wrote it; when <see cref="Exemption"/> is set, the rule it is
    /// exempt from; otherwise <see langword="null"/>.
    /// </summary>
    public string? Rule => _reason?.Rule;

    /// <summary>A sentence that a help desk can read out to the user; <see langword="null"/> when allowed.</summary>
    public string? Message => _reason?.Message;

    /// <summary>The exemption that lets the client in although <see cref="Rule"/> denies it; otherwise <see langword="null"/>.</summary>
    public string? Exemption => _reason?.Exemption;

    /// <summary>The rule that would deny the client if it were enforced, and is only reported; otherwise <see langword="null"/>.</summary>
    public string? ReportedRule => _reason?.ReportedRule;

    /// <summary>A verdict that denies.</summary>
    /// <param name="rule">The rule that denies, as it was written. Not blank.</param>
    /// <param name="message">A sentence for the user; when <see langword="null"/>, one that names the rule.</param>
    /// <exception cref="ArgumentException"><paramref name="rule"/> is null, empty or white space.</exception>
    public static ConnectionVerdict Denied(string rule, string? message = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rule);
        return new ConnectionVerdict(new Reason
        {
            IsDenied = true,
            Rule = rule,
            Message = message ?? $"The administrator of this server has blocked this client (rule \"{rule}\").",
        });
    }

    /// <summary>A verdict that allows a client which a rule denies.</summary>
    /// <param name="rule">The rule that denies, as it was written. Not blank.</param>
    /// <param name="exemption">What lets the client in all the same. Not blank.</param>
    /// <exception cref="ArgumentException">Either is null, empty or white space.</exception>
    public static ConnectionVerdict Exempted(string rule, string exemption)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rule);
        ArgumentException.ThrowIfNullOrWhiteSpace(exemption);
        return new ConnectionVerdict(new Reason { Rule = rule, Exemption = exemption });
    }

    /// <summary>The same verdict, noting a rule that would have denied the client if it were enforced.</summary>
    public ConnectionVerdict WithReportedRule(string? rule) =>
        rule == ReportedRule ? this : new ConnectionVerdict((_reason ?? Reason.None) with { ReportedRule = rule });

    /// <summary><c>allowed</c>, <c>denied by "rule"</c>, or <c>exempt from "rule" by "exemption"</c>.</summary>
    public override string ToString() => (IsAllowed, Exemption, ReportedRule) switch
    {
        (false, _, _) => $"denied by \"{Rule}\"",
        (true, not null, _) => $"exempt from \"{Rule}\" by \"{Exemption}\"",
        (true, null, not null) => $"allowed; \"{ReportedRule}\" would deny it if it were enforced",
        _ => "allowed",
    };

    private sealed record Reason
    {
        public static Reason None { get; } = new();

        public bool IsDenied { get; init; }

        public string? Rule { get; init; }

        public string? Message { get; init; }

        public string? Exemption { get; init; }

        public string? ReportedRule { get; init; }
    }
}
