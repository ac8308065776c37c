namespace MapiGate;

/// <summary>Findings in when rules and exemptions are in force.</summary>
internal static class PeriodFindings
{
    /// <summary>Reads the periods of a policy.</summary>
    /// <param name="policy">What was written.</param>
    /// <param name="moment">The moment it is; <see langword="null"/> to find only what holds at any.</param>
    public static IEnumerable<PolicyFinding> Read(WrittenPolicy policy, DateTimeOffset? moment) =>
    [
        .. policy.Rules.SelectMany(rule => Read(
            PolicyKeys.OfRule(rule.Name), rule.Name, rule.Period, moment, FindingCodes.EndedRule, "It has run out and denies nobody. Remove it, or set a later moment.")),
        .. policy.Exemptions.SelectMany(exemption => Read(
            PolicyKeys.OfExemption(exemption.Name), exemption.Name, exemption.Period, moment, FindingCodes.EndedExemption, "It has run out and exempts nobody. Remove it, or set a later moment.")),
    ];

    private static IEnumerable<PolicyFinding> Read(string key, string name, RulePeriod period, DateTimeOffset? moment, string code, string ended)
    {
        if (period.IsEmpty)
        {
            yield return new PolicyFinding(FindingCodes.NeverInForce, key, name, "It ends before it begins and is never in force. Compare From and Until.");
        }
        else if (moment is { } now && period.HasEnded(now))
        {
            yield return new PolicyFinding(code, key, name, ended);
        }
    }
}
