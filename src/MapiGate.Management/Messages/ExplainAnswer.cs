namespace MapiGate.Management;

/// <summary>Why a client is let in or refused.</summary>
internal sealed record ExplainAnswer(
    bool IsAllowed,
    string? Rule,
    string? Message,
    string? Exemption,
    string Text,
    IReadOnlyList<StepAnswer> Steps)
{
    public static ExplainAnswer Of(PolicyExplanation explanation) => new(
        explanation.Verdict.IsAllowed,
        explanation.Verdict.Rule,
        explanation.Verdict.Message,
        explanation.Verdict.Exemption,
        explanation.Verdict.ToString(),
        [.. explanation.Steps.Select(step => new StepAnswer(step.Kind.ToString(), step.Name, step.Text, step.Applies, step.Decides))]);
}
