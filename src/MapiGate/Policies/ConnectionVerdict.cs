namespace MapiGate;

/// <summary>What a policy says of a client: allowed, or denied by which rule. The default value is <see cref="Allowed"/>.</summary>
public readonly record struct ConnectionVerdict
{
    /// <summary>The client may have a session.</summary>
    public static ConnectionVerdict Allowed => default;

    /// <summary>Whether the client may have a session.</summary>
    public bool IsAllowed => Rule is null;

    /// <summary>The rule that denies the client, as its administrator wrote it; <see langword="null"/> when allowed.</summary>
    public string? Rule { get; private init; }

    /// <summary>A sentence that a help desk can read out to the user; <see langword="null"/> when allowed.</summary>
    public string? Message { get; private init; }

    /// <summary>A verdict that denies.</summary>
    /// <param name="rule">The rule that denies, as it was written. Not blank.</param>
    /// <param name="message">A sentence for the user; when <see langword="null"/>, one that names the rule.</param>
    /// <exception cref="ArgumentException"><paramref name="rule"/> is null, empty or white space.</exception>
    public static ConnectionVerdict Denied(string rule, string? message = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rule);
        return new ConnectionVerdict { Rule = rule, Message = message ?? $"The administrator of this server has blocked this client (rule \"{rule}\")." };
    }

    /// <summary><c>allowed</c>, or <c>denied by "rule"</c>.</summary>
    public override string ToString() => IsAllowed ? "allowed" : $"denied by \"{Rule}\"";
}
