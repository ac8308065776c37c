namespace MapiGate;

/// <summary>Why a client is let in or refused: every rule and exemption that was asked, and which decided.</summary>
public sealed record PolicyExplanation
{
    /// <summary>Whom it is about.</summary>
    public required MapiClient Client { get; init; }

    /// <summary>What the policy says of the client.</summary>
    public required ConnectionVerdict Verdict { get; init; }

    /// <summary>Every rule, then every exemption, then every rule only reported. Empty for a policy that cannot tell.</summary>
    public required IReadOnlyList<PolicyExplanationStep> Steps { get; init; }

    /// <summary>The explanation as text: the verdict, then a line for each step.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, Steps.Select(step => $"  {step}").Prepend($"{Client}: {Verdict}"));
}
