namespace MapiGate;

/// <summary>What was asked, in one step of a <see cref="PolicyExplanation"/>.</summary>
public enum PolicyStepKind
{
    /// <summary>A rule that denies.</summary>
    Rule,

    /// <summary>A program the host marked as its own, which is never denied.</summary>
    OwnProcess,

    /// <summary>An exemption.</summary>
    Exemption,

    /// <summary>A rule that is only reported.</summary>
    ReportedRule,
}
