namespace MapiGate;

/// <summary>One rule or exemption that was asked about a client, and what it said.</summary>
public sealed record PolicyExplanationStep
{
    internal PolicyExplanationStep(PolicyStepKind kind, string name, string text, bool applies, bool decides) =>
        (Kind, Name, Text, Applies, Decides) = (kind, name, text, applies, decides);

    /// <summary>What was asked.</summary>
    public PolicyStepKind Kind { get; }

    /// <summary>What a verdict calls it: a list's entry as it was written, or a rule's or exemption's name.</summary>
    public string Name { get; }

    /// <summary>The rule or exemption: an entry as it was written, or a name and what stands under it.</summary>
    public string Text { get; }

    /// <summary>Whether it names this client, and is in force.</summary>
    public bool Applies { get; }

    /// <summary>Whether the verdict rests on it.</summary>
    public bool Decides { get; }

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
