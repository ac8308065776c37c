namespace MapiGate;

/// <summary>Why a client is let in or refused: every rule and exemption that was asked, and which decided.</summary>
public sealed record PolicyExplanation
{
    internal PolicyExplanation(MapiClient client, ConnectionVerdict verdict, IEnumerable<PolicyExplanationStep> steps) =>
        (Client, Verdict, Steps) = (client, verdict, [.. steps]);

    /// <summary>Whom it is about.</summary>
    public MapiClient Client { get; }

    /// <summary>What the policy says of the client.</summary>
    public ConnectionVerdict Verdict { get; }

    /// <summary>Every rule, then every exemption, then every rule only reported. Empty for a policy that cannot tell.</summary>
    public IReadOnlyList<PolicyExplanationStep> Steps { get; }

    /// <summary>The explanation as text: the verdict, then a line for each step.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, Steps.Select(step => $"  {step}").Prepend($"{Client}: {Verdict}"));
}
