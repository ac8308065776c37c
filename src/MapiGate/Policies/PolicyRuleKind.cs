namespace MapiGate;

/// <summary>Where in a policy a <see cref="PolicyRule"/> stands.</summary>
public enum PolicyRuleKind
{
    /// <summary>An entry of one of the lists.</summary>
    ListEntry,

    /// <summary>What becomes of clients that give no name, or no version.</summary>
    Admission,

    /// <summary>A named rule.</summary>
    Rule,

    /// <summary>An exemption.</summary>
    Exemption,

    /// <summary>A program that the host set apart as its own.</summary>
    OwnProcess,
}
