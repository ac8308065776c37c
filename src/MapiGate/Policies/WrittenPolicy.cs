namespace MapiGate;

/// <summary>What an administrator wrote, read and found valid: whatever moment it is, and whichever gate reads it.</summary>
internal sealed class WrittenPolicy
{
    /// <summary>The rules enforced: the two lists, what becomes of clients that say too little, and every named rule that enforces.</summary>
    public required RuleSet Enforced { get; init; }

    /// <summary>The rules only reported.</summary>
    public required RuleSet Reported { get; init; }

    /// <summary>Every named rule, in whatever mode.</summary>
    public required IReadOnlyList<NamedRule> Rules { get; init; }

    /// <summary>Every exemption. Those that look at the program alone come first: they decide for all its sessions at once.</summary>
    public required IReadOnlyList<NamedExemption> Exemptions { get; init; }

    /// <summary>Whether the rules are enforced at all.</summary>
    public required PolicyMode Mode { get; init; }

    public required DisconnectLimits Limits { get; init; }

    /// <summary>The host's own programs: not written, but set in code.</summary>
    public required ProcessBlocklist OwnProcesses { get; init; }

    public required IReadOnlyList<PolicyFinding> Findings { get; init; }

    /// <summary>Which configuration source each key came from, by the key below the section; empty where it is not known.</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>The policy as a document that reads back as this one.</summary>
    public required string Document { get; init; }

    /// <summary>Whether nothing in it begins or ends.</summary>
    public required bool IsTimeless { get; init; }

    /// <summary>Names what was written, on every server alike: 128 bits in hexadecimal.</summary>
    public string Fingerprint => field ??= PolicyFingerprint.Of(this);
}
