namespace MapiGate;

/// <summary>Shows a written policy as data: everything in it, in a fixed order.</summary>
internal static class PolicyDescription
{
    /// <summary>Describes a policy.</summary>
    /// <param name="policy">What was written.</param>
    /// <param name="inForce">The keys of the named rules and exemptions that are in force now.</param>
    public static IEnumerable<PolicyRule> Of(WrittenPolicy policy, IReadOnlySet<string> inForce) =>
    [
        .. policy.Mode == PolicyMode.ReportOnly ? [ReportOnlyMode(policy)] : Array.Empty<PolicyRule>(),
        .. Lists(policy, policy.Enforced, string.Empty, RuleMode.Enforce),
        .. policy.Rules.Select(rule => Describe(policy, rule, inForce)),
        .. policy.OwnProcesses.Select(own => new PolicyRule { Name = own, Kind = PolicyRuleKind.OwnProcess, Key = "OwnProcesses", Text = $"never {own}", Process = own, IsInForce = true }),
        .. policy.Exemptions.Select(exemption => Describe(policy, exemption, inForce)),
        .. Lists(policy, policy.Reported, $"{PolicyKeys.ReportOnly}:", RuleMode.ReportOnly),
    ];

    private static PolicyRule ReportOnlyMode(WrittenPolicy policy) => new()
    {
        Name = PolicyKeys.Mode,
        Kind = PolicyRuleKind.Admission,
        Key = PolicyKeys.Mode,
        Text = $"{PolicyKeys.Mode} = {nameof(PolicyMode.ReportOnly)}",
        Source = Source(policy, PolicyKeys.Mode),
        Mode = RuleMode.ReportOnly,
        IsInForce = true,
    };

    private static IEnumerable<PolicyRule> Lists(WrittenPolicy policy, RuleSet rules, string prefix, RuleMode mode)
    {
        foreach (var entry in rules.Processes)
        {
            yield return Entry(PolicyRuleKind.ListEntry, PolicyKeys.DisableMapiClientProcesses, entry) with { Process = entry };
        }

        foreach (var entry in rules.Versions)
        {
            yield return Entry(PolicyRuleKind.ListEntry, PolicyKeys.DisableMapiClients, entry) with { Version = entry };
        }

        if (rules.DeniesNameless)
        {
            yield return Entry(PolicyRuleKind.Admission, PolicyKeys.ClientsWithoutProcessName, RuleSet.NamelessRule);
        }

        if (rules.DeniesVersionless)
        {
            yield return Entry(PolicyRuleKind.Admission, PolicyKeys.ClientsWithoutVersion, RuleSet.VersionlessRule);
        }

        PolicyRule Entry(PolicyRuleKind kind, string key, string entry) => new()
        {
            Name = entry,
            Kind = kind,
            Key = prefix + key,
            Text = mode == RuleMode.ReportOnly ? $"report only {entry}" : key == PolicyKeys.DisableMapiClients ? $"version {entry}" : entry,
            Source = Source(policy, prefix + key),
            Mode = mode,
            IsInForce = true,
        };
    }

    private static PolicyRule Describe(WrittenPolicy policy, NamedRule rule, IReadOnlySet<string> inForce)
    {
        var described = Describe(policy, PolicyKeys.OfRule(rule.Name), rule.Conditions.Texts, rule.Period, rule.Reason, inForce);
        var mode = rule.Mode switch { RuleMode.ReportOnly => "report only rule", RuleMode.Off => "rule switched off,", _ => "rule" };
        return described with
        {
            Name = rule.Name,
            Kind = PolicyRuleKind.Rule,
            Mode = rule.Mode,
            Message = rule.Message,
            Text = $"{mode} {rule.Name} ({rule.Conditions.Text}{described.Text})",
        };
    }

    private static PolicyRule Describe(WrittenPolicy policy, NamedExemption exemption, IReadOnlySet<string> inForce)
    {
        var described = Describe(policy, PolicyKeys.OfExemption(exemption.Name), exemption.Conditions.Texts, exemption.Period, exemption.Reason, inForce);
        return described with
        {
            Name = exemption.Name,
            Kind = PolicyRuleKind.Exemption,
            Text = $"except {exemption.Name} ({exemption.Conditions.Text}{described.Text})",
        };
    }

    private static PolicyRule Describe(WrittenPolicy policy, string key, ConditionTexts texts, RulePeriod period, string? reason, IReadOnlySet<string> inForce) => new()
    {
        Key = key,
        Source = Source(policy, key),
        Process = texts.Process,
        Version = texts.Version,
        Mailbox = texts.Mailbox,
        User = texts.User,
        Address = texts.Address,
        From = period.From,
        Until = period.Until,
        Reason = reason,
        Text = $"{Moment(", from", period.From)}{Moment(", until", period.Until)}{(reason is null ? string.Empty : $", because {reason}")}",
        IsInForce = inForce.Contains(key),
    };

    private static string Moment(string label, DateTimeOffset? moment) => moment is { } at ? $"{label} {RulePeriod.Show(at)}" : string.Empty;

    private static string? Source(WrittenPolicy policy, string key) => policy.Sources.GetValueOrDefault(key);
}
