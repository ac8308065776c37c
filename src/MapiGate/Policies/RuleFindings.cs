namespace MapiGate;

/// <summary>Findings in named rules and exemptions.</summary>
internal static class RuleFindings
{
    public static IEnumerable<PolicyFinding> Read(IEnumerable<NamedRule> rules, ProcessBlocklist ownProcesses)
    {
        foreach (var rule in rules)
        {
            var key = PolicyKeys.OfRule(rule.Name);
            if (rule.Conditions.IsEmpty)
            {
                yield return new PolicyFinding(FindingCodes.EmptyRule, key, rule.Name, "It states no condition and denies nobody. Give it a Process, Version, Mailbox, User or Address.");
            }

            foreach (var finding in ReadConditions(key, rule.Conditions, ownProcesses))
            {
                yield return finding;
            }
        }
    }

    public static IEnumerable<PolicyFinding> Read(IEnumerable<NamedExemption> exemptions, RuleSet enforced, RuleSet reported)
    {
        var deniesOtherwise = new[] { enforced, reported }.Any(rules => rules.Versions.Count > 0 || rules.Rules.Count > 0 || rules.DeniesVersionless);
        foreach (var exemption in exemptions)
        {
            var key = PolicyKeys.OfExemption(exemption.Name);
            if (exemption.Conditions.IsEmpty)
            {
                yield return new PolicyFinding(FindingCodes.EmptyExemption, key, exemption.Name, "It states no condition and exempts nobody. Give it a Process, Version, Mailbox, User or Address.");
            }
            else if (exemption.Conditions.Processes is { Count: > 0 } processes && !deniesOtherwise && !CanMeet(processes, enforced.Processes) && !CanMeet(processes, reported.Processes))
            {
                yield return new PolicyFinding(FindingCodes.NeedlessExemption, key, exemption.Name, "No rule denies that process, so there is nothing to exempt it from. Remove it, or compare the spelling.");
            }

            foreach (var finding in ReadConditions(key, exemption.Conditions, ProcessBlocklist.Empty))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<PolicyFinding> ReadConditions(string key, ClientConditions conditions, ProcessBlocklist ownProcesses) =>
    [
        .. ProcessListFindings.Read($"{key}:Process", conditions.Texts.Process, ownProcesses),
        .. VersionListFindings.Read($"{key}:Version", conditions.Versions),
    ];

    // Two patterns may meet in ways that take long to find out: no finding is better than a false one.
    private static bool CanMeet(ProcessBlocklist exempt, ProcessBlocklist listed) => exempt.Any(process => WildcardPattern.IsPattern(process)
        ? listed.Any(entry => WildcardPattern.IsPattern(entry) || exempt.IsBlocked(entry))
        : listed.IsBlocked(process));
}
