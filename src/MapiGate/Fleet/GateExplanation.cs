namespace MapiGate;

/// <summary>Why a client is let in or refused.</summary>
/// <param name="IsAllowed">Whether it is let in.</param>
/// <param name="Rule">The rule that refuses it.</param>
/// <param name="Message">What a help desk can say.</param>
/// <param name="Exemption">The exemption that lets it in.</param>
/// <param name="Text">The verdict as a sentence.</param>
/// <param name="Steps">Every rule and exemption that was asked.</param>
public sealed record GateExplanation(bool IsAllowed, string? Rule, string? Message, string? Exemption, string Text, IReadOnlyList<StepRow> Steps)
{
    /// <summary>Shows an explanation.</summary>
    public static GateExplanation Of(PolicyExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return new GateExplanation(
            explanation.Verdict.IsAllowed,
            explanation.Verdict.Rule,
            explanation.Verdict.Message,
            explanation.Verdict.Exemption,
            explanation.Verdict.ToString(),
            [.. explanation.Steps.Select(step => new StepRow(step.Kind.ToString(), step.Name, step.Text, step.Applies, step.Decides))]);
    }
}
