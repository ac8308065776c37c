namespace MapiGate;

/// <summary>Asks every rule and exemption of a policy about one client, each by itself.</summary>
internal sealed class PolicyExplainer(RulePolicy policy, MapiClient client, IReadOnlySet<string> inForce)
{
    private readonly ClientProgram _program = client.Program;
    private readonly ConnectionVerdict _verdict = policy.Evaluate(client);
    private bool _hasDecided;

    public IEnumerable<PolicyExplanationStep> Explain()
    {
        var written = policy.Written;
        return
        [
            .. Lists(written.Enforced, PolicyStepKind.Rule),
            .. written.Rules.Where(rule => rule.Mode == RuleMode.Enforce).Select(rule => Named(rule, PolicyStepKind.Rule)),
            .. written.OwnProcesses.Select(Own),
            .. written.Exemptions.Select(Exempted),
            .. Lists(written.Reported, PolicyStepKind.ReportedRule),
            .. written.Rules.Where(rule => rule.Mode == RuleMode.ReportOnly).Select(rule => Named(rule, PolicyStepKind.ReportedRule)),
        ];
    }

    private IEnumerable<PolicyExplanationStep> Lists(RuleSet rules, PolicyStepKind kind)
    {
        foreach (var entry in rules.Processes)
        {
            yield return Step(kind, entry, entry, IsNamedBy(entry));
        }

        foreach (var range in rules.Versions.Ranges)
        {
            yield return Step(kind, range.Entry, range.Entry, _program.Version is { } version && range.Contains(ClientVersionParser.Normalise(version)));
        }

        if (rules.DeniesNameless)
        {
            yield return Step(kind, RuleSet.NamelessRule, RuleSet.NamelessRule, _program.IsNameless);
        }

        if (rules.DeniesVersionless)
        {
            yield return Step(kind, RuleSet.VersionlessRule, RuleSet.VersionlessRule, _program.Version is null);
        }
    }

    private PolicyExplanationStep Named(NamedRule rule, PolicyStepKind kind)
    {
        var isInForce = inForce.Contains(PolicyKeys.OfRule(rule.Name));
        return Step(
            kind,
            rule.Name,
            Text(rule.Name, rule.Conditions, isInForce),
            isInForce && rule.Conditions.AreMetBy(_program, byEveryName: false) && rule.Conditions.AreMetBy(client));
    }

    private PolicyExplanationStep Exempted(NamedExemption exemption)
    {
        var isInForce = inForce.Contains(PolicyKeys.OfExemption(exemption.Name));
        var applies = isInForce && exemption.Covers(_program) && exemption.Conditions.AreMetBy(client);
        return new PolicyExplanationStep(PolicyStepKind.Exemption, exemption.Name, Text(exemption.Name, exemption.Conditions, isInForce), applies, applies && _verdict.Exemption == exemption.Name);
    }

    private PolicyExplanationStep Own(string entry)
    {
        var own = policy.FindOwnProcess(_program);
        var applies = own is not null && IsNamedBy(entry);
        return new PolicyExplanationStep(PolicyStepKind.OwnProcess, entry, entry, applies, applies && _verdict.Exemption == own);
    }

    private bool IsNamedBy(string entry)
    {
        var alone = ProcessBlocklist.Parse(entry);
        return _program.ProcessNames.Any(name => alone.IsBlocked(name));
    }

    private PolicyExplanationStep Step(PolicyStepKind kind, string name, string text, bool applies)
    {
        var isReported = kind == PolicyStepKind.ReportedRule;

        // Under Mode = ReportOnly it is the rules to be enforced that are reported. A list's entry and a named rule may bear
        // one name: the one asked first has decided.
        var deciding = isReported || policy.Written.Mode == PolicyMode.ReportOnly ? _verdict.ReportedRule ?? _verdict.Rule : _verdict.Rule;
        var decides = applies && !_hasDecided && name == deciding && (!isReported || _verdict.Rule is null);
        _hasDecided |= decides;
        return new PolicyExplanationStep(kind, name, text, applies, decides);
    }

    private static string Text(string name, ClientConditions conditions, bool isInForce) =>
        $"{name} ({conditions.Text}{(isInForce ? string.Empty : ", not in force now")})";
}
