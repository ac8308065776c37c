namespace MapiGate;

/// <summary>One thing that a policy says, as data.</summary>
public sealed record PolicyRule
{
    internal PolicyRule()
    {
    }

    /// <summary>What a verdict, a log and a metric call it: a list's entry as it was written, or a rule's or exemption's name.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>What it is.</summary>
    public PolicyRuleKind Kind { get; internal init; }

    /// <summary>The key it stands under, below <c>MapiGate</c>: <c>DisableMapiClientProcesses</c>, <c>Rules:old-outlook</c>.</summary>
    public string Key { get; internal init; } = string.Empty;

    /// <summary>All that it says, in a line.</summary>
    public string Text { get; internal init; } = string.Empty;

    /// <summary>
    /// The configuration source that it came from, a file by its whole path; <see langword="null"/> where that is not known,
    /// as for what was set in code.
    /// </summary>
    public string? Source { get; internal init; }

    /// <summary>The programs it is about; <see langword="null"/> when it does not ask.</summary>
    public string? Process { get; internal init; }

    /// <summary>The versions it is about; <see langword="null"/> when it does not ask.</summary>
    public string? Version { get; internal init; }

    /// <summary>The mailboxes it is about; <see langword="null"/> when it does not ask.</summary>
    public string? Mailbox { get; internal init; }

    /// <summary>The accounts it is about; <see langword="null"/> when it does not ask.</summary>
    public string? User { get; internal init; }

    /// <summary>The addresses it is about; <see langword="null"/> when it does not ask.</summary>
    public string? Address { get; internal init; }

    /// <summary>When it begins; <see langword="null"/> for at once.</summary>
    public DateTimeOffset? From { get; internal init; }

    /// <summary>When it ends; <see langword="null"/> for never.</summary>
    public DateTimeOffset? Until { get; internal init; }

    /// <summary>What the help desk tells a client it refuses, where its writer said so.</summary>
    public string? Message { get; internal init; }

    /// <summary>Why it was written, where its writer said so.</summary>
    public string? Reason { get; internal init; }

    /// <summary>What it does to a client that meets it; for an exemption always <see cref="RuleMode.Enforce"/>.</summary>
    public RuleMode Mode { get; internal init; }

    /// <summary>Whether it is in force now: it is not off, has begun, has not ended, and is not held at its beginning.</summary>
    public bool IsInForce { get; internal init; }

    /// <summary>The rule as a line.</summary>
    public override string ToString() => Text;
}
