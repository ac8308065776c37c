namespace MapiGate;

/// <summary>Reads options into a policy, or says what is wrong with them: the key, the value and the fix.</summary>
internal sealed class OptionsReader
{
    private const string ReportOnlyPrefix = PolicyKeys.ReportOnly + ":";

    private readonly MapiGateOptions _options;
    private readonly List<string> _errors;

    private OptionsReader(MapiGateOptions options)
    {
        _options = options;
        _errors = [.. options.ReadErrors];
    }

    /// <summary>Reads the options; the policy is <see langword="null"/> exactly when there are errors.</summary>
    public static (RulePolicy? Policy, IReadOnlyList<string> Errors) Read(MapiGateOptions options)
    {
        var reader = new OptionsReader(options);
        var written = reader.Read();
        return (reader._errors.Count == 0 ? new RulePolicy(written) : null, reader._errors);
    }

    private WrittenPolicy Read()
    {
        CheckChoice(PolicyKeys.ClientsWithoutProcessName, _options.ClientsWithoutProcessName);
        CheckChoice(PolicyKeys.ClientsWithoutVersion, _options.ClientsWithoutVersion);
        CheckChoice(PolicyKeys.Mode, _options.Mode);
        Check(_options.MaxDisconnects is not < 0, $"{PolicyKeys.MaxDisconnects} is {_options.MaxDisconnects}; write 0 or more.");
        Check(_options.MaxDisconnectPercent is null or (>= 0 and <= 100), $"{PolicyKeys.MaxDisconnectPercent} is {_options.MaxDisconnectPercent}; write a number from 0 to 100.");

        var rules = _options.Rules.OrderBy(rule => rule.Key, StringComparer.OrdinalIgnoreCase).Select(rule => ReadRule(rule.Key, rule.Value)).OfType<NamedRule>().ToList();
        var exemptions = _options.Exemptions.OrderBy(exemption => exemption.Key, StringComparer.OrdinalIgnoreCase).Select(exemption => ReadExemption(exemption.Key, exemption.Value)).OfType<NamedExemption>().ToList();
        var enforced = new RuleSet(
            ProcessBlocklist.Parse(_options.DisableMapiClientProcesses),
            ReadVersions(PolicyKeys.DisableMapiClients, _options.DisableMapiClients),
            _options.ClientsWithoutProcessName == ClientAdmission.Deny,
            _options.ClientsWithoutVersion == ClientAdmission.Deny,
            rules.Where(rule => rule.Mode == RuleMode.Enforce));
        var reported = new RuleSet(
            ProcessBlocklist.Parse(_options.ReportOnly.DisableMapiClientProcesses),
            ReadVersions(ReportOnlyPrefix + PolicyKeys.DisableMapiClients, _options.ReportOnly.DisableMapiClients),
            deniesNameless: false,
            deniesVersionless: false,
            rules.Where(rule => rule.Mode == RuleMode.ReportOnly));
        var own = ProcessBlocklist.Parse(string.Join(';', _options.OwnProcesses));
        return new WrittenPolicy
        {
            Enforced = enforced,
            Reported = reported,
            Rules = rules,
            Exemptions = [.. exemptions.OrderBy(exemption => exemption.Conditions.DependsOnClient)],
            IsTimeless = rules.TrueForAll(rule => rule.Period == default) && exemptions.TrueForAll(exemption => exemption.Period == default),
            Mode = _options.Mode,
            Limits = new DisconnectLimits(_options.MaxDisconnects, _options.MaxDisconnectPercent, NullIfBlank(_options.ConfirmChange)),
            OwnProcesses = own,
            Findings =
            [
                .. ProcessListFindings.Read(PolicyKeys.DisableMapiClientProcesses, _options.DisableMapiClientProcesses, own),
                .. VersionListFindings.Read(PolicyKeys.DisableMapiClients, enforced.Versions),
                .. RuleFindings.Read(rules, own),
                .. RuleFindings.Read(exemptions, enforced, reported),
                .. ProcessListFindings.Read(ReportOnlyPrefix + PolicyKeys.DisableMapiClientProcesses, _options.ReportOnly.DisableMapiClientProcesses, own),
                .. VersionListFindings.Read(ReportOnlyPrefix + PolicyKeys.DisableMapiClients, reported.Versions),
                .. _options.MixedSources.Select(mixed => new PolicyFinding(FindingCodes.SeveralSources, mixed.Key, mixed.Sources, "Its parts come from several sources, and together say what none of them does. Write it in one, or give each its own name.")),
                .. _options.SourceNotes.Select(note => new PolicyFinding(FindingCodes.SourceNote, note.Source, note.Source, note.Note)),
                .. _options.UnknownKeys.Select(key => new PolicyFinding(FindingCodes.UnknownKey, key, key, "There is no such setting, and it does nothing. Compare the spelling with the documentation.")),
            ],
            Sources = _options.Sources,
            Document = PolicyDocument.Write(_options),
        };
    }

    private NamedRule? ReadRule(string name, RuleOptions? rule)
    {
        var key = PolicyKeys.OfRule(name);
        if (!CheckNamed(key, name, rule))
        {
            return null;
        }

        CheckChoice($"{key}:{nameof(rule.Mode)}", rule!.Mode);
        return ClientConditions.TryParse(new ConditionTexts(rule.Process, rule.Version, rule.Mailbox, rule.User, rule.Address), key, _errors, out var conditions)
            ? new NamedRule(name, conditions, new RulePeriod(rule.From, rule.Until), NullIfBlank(rule.Message), NullIfBlank(rule.Reason), rule.Mode)
            : null;
    }

    private NamedExemption? ReadExemption(string name, ExemptionOptions? exemption)
    {
        var key = PolicyKeys.OfExemption(name);
        return CheckNamed(key, name, exemption)
            && ClientConditions.TryParse(new ConditionTexts(exemption!.Process, exemption.Version, exemption.Mailbox, exemption.User, exemption.Address), key, _errors, out var conditions)
            ? new NamedExemption(name, conditions, new RulePeriod(exemption.From, exemption.Until), NullIfBlank(exemption.Reason))
            : null;
    }

    private ClientVersionBlocklist ReadVersions(string key, string? value)
    {
        if (!ClientVersionBlocklist.TryParse(value, out var versions, out var error))
        {
            _errors.Add($"{key}: {error}");
        }

        return versions ?? ClientVersionBlocklist.Empty;
    }

    private bool CheckNamed(string key, string name, object? options)
    {
        Check(name.Length > 0 && name == name.Trim() && !name.Contains(':'), $"{key} has no name, or one with a colon or with white space around it; give it another, which verdicts and logs will show.");
        Check(options is not null, $"{key} is null; remove it, or state what it is about.");
        return options is not null;
    }

    private void CheckChoice<T>(string key, T value)
        where T : struct, Enum =>
        Check(Enum.IsDefined(value), $"{key} is {value:D}; write {string.Join(" or ", Enum.GetNames<T>())}.");

    private void Check(bool holds, FormattableString error)
    {
        if (!holds)
        {
            _errors.Add(FormattableString.Invariant(error));
        }
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
