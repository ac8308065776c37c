namespace MapiGate;

/// <summary>One rule or exemption that was asked about a client, and what it said.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="Text">The rule or exemption, as it was written.</param>
/// <param name="Applies">Whether it names this client.</param>
/// <param name="Decides">Whether the verdict rests on it.</param>
public sealed record PolicyExplanationStep(PolicyStepKind Kind, string Text, bool Applies, bool Decides)
{
    /// <summary>The step as a line.</summary>
    public override string ToString()
    {
        var kind = Kind switch
        {
            PolicyStepKind.OwnProcess => "own process",
            PolicyStepKind.Exemption => "exemption",
            PolicyStepKind.ReportedRule => "reported rule",
            _ => "rule",
        };
        return $"{kind} \"{Text}\" {(Applies ? "applies" : "does not apply")}{(Decides ? ", and decides" : string.Empty)}";
    }
}
