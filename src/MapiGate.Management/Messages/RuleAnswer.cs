namespace MapiGate.Management;

/// <summary>One thing that a policy says.</summary>
internal sealed record RuleAnswer(
    string Name,
    string Kind,
    string Key,
    string Text,
    string? Source,
    bool IsInForce,
    DateTimeOffset? From,
    DateTimeOffset? Until,
    string? Reason,
    string? Message,
    string Mode)
{
    public static RuleAnswer Of(PolicyRule rule) => new(rule.Name, rule.Kind.ToString(), rule.Key, rule.Text, rule.Source, rule.IsInForce, rule.From, rule.Until, rule.Reason, rule.Message, rule.Mode.ToString());
}
