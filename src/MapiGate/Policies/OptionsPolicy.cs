using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace MapiGate;

/// <summary>The policy written in <see cref="MapiGateOptions"/>: rules, exemptions from them, and rules only reported.</summary>
internal sealed class OptionsPolicy : IProgramPolicy
{
    private readonly RuleSet _enforced;
    private readonly RuleSet _reported;
    private readonly IReadOnlyList<Exemption> _exemptions;
    private readonly ProcessBlocklist _own;
    private readonly bool _reportsOnly;
    private readonly string _canonicalRules;

    public OptionsPolicy(MapiGateOptions options)
    {
        _enforced = new RuleSet(
            ProcessBlocklist.Parse(options.DisableMapiClientProcesses),
            ClientVersionBlocklist.Parse(options.DisableMapiClients),
            options.ClientsWithoutProcessName == ClientAdmission.Deny,
            options.ClientsWithoutVersion == ClientAdmission.Deny);
        _reported = new RuleSet(
            ProcessBlocklist.Parse(options.ReportOnly.DisableMapiClientProcesses),
            ClientVersionBlocklist.Parse(options.ReportOnly.DisableMapiClients),
            DeniesNameless: false,
            DeniesVersionless: false);
        _exemptions = [.. options.Exemptions.Select(exemption => new Exemption(exemption))];
        _own = ProcessBlocklist.Parse(string.Join(';', options.OwnProcesses));
        _reportsOnly = options.Mode == PolicyMode.ReportOnly;
        Fuse = new PolicyFuse(options.MaxDisconnects, options.MaxDisconnectPercent, options.ConfirmChange);
        Rules = DescribeRules();
        _canonicalRules = Canonicalise(Rules);
        Fingerprint = ComputeFingerprint(_canonicalRules);
        NextEnd = _exemptions.Min(exemption => exemption.Until);
        Findings = [.. FindingReader.Read(options)];
    }

    private OptionsPolicy(OptionsPolicy policy, DateTimeOffset now)
    {
        (_enforced, _reported, _own, _reportsOnly) = (policy._enforced, policy._reported, policy._own, policy._reportsOnly);
        _exemptions = [.. policy._exemptions.Where(exemption => !HasEnded(exemption, now))];
        (Fuse, Fingerprint, _canonicalRules) = (policy.Fuse, policy.Fingerprint, policy._canonicalRules);
        Findings = [.. policy.Findings, .. policy._exemptions.Except(_exemptions).Select(ExemptionFindings.Ended)];
        NextEnd = _exemptions.Min(exemption => exemption.Until);
        Rules = DescribeRules();
    }

    /// <summary>Everything the policy says, a line each.</summary>
    public IReadOnlyList<string> Rules { get; }

    /// <summary>A short name for what was written, that a person can copy.</summary>
    public string Fingerprint { get; }

    public PolicyFuse Fuse { get; }

    public IReadOnlyList<PolicyFinding> Findings { get; }

    /// <summary>When the next exemption ends; <see langword="null"/> when none does.</summary>
    public DateTimeOffset? NextEnd { get; }

    /// <summary>The image names without one of which no client is denied; <see langword="null"/> when other things deny too.</summary>
    public int[]? DeniedImages => _reportsOnly ? [] : _enforced.DeniedImages;

    /// <summary>The policy without the exemptions that have ended by then: itself, when none has.</summary>
    public OptionsPolicy AsOf(DateTimeOffset now) =>
        _exemptions.Any(exemption => HasEnded(exemption, now)) ? new OptionsPolicy(this, now) : this;

    public ConnectionVerdict Evaluate(MapiClient client) => Judge(client.Program, client, out _);

    public bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict)
    {
        verdict = Judge(program, client: null, out var dependsOnUser);
        return !dependsOnUser;
    }

    /// <summary>The verdict on a client, and what each rule and exemption had to say.</summary>
    public PolicyExplanation Explain(MapiClient client)
    {
        var program = client.Program;
        var verdict = Evaluate(client);
        var deciding = verdict.Rule ?? verdict.ReportedRule;
        var isEnforced = _enforced.TryMatch(program, out _, out _);
        return new PolicyExplanation
        {
            Client = client,
            Verdict = verdict,
            Steps =
            [
                .. _enforced.Ask(program).Select(asked => Rule(PolicyStepKind.Rule, asked, isEnforced)),
                .. _own.Select(own => new PolicyExplanationStep(PolicyStepKind.OwnProcess, own, IsOwn(program), verdict.Exemption == OwnExemption(program))),
                .. _exemptions.Select(exemption => new PolicyExplanationStep(PolicyStepKind.Exemption, exemption.Text, exemption.Covers(client), verdict.Exemption == exemption.Text)),
                .. _reported.Ask(program).Select(asked => Rule(PolicyStepKind.ReportedRule, asked, !isEnforced)),
            ],
        };

        PolicyExplanationStep Rule(PolicyStepKind kind, (string Text, bool Applies) asked, bool isDecidingSet) =>
            new(kind, asked.Text, asked.Applies, isDecidingSet && asked.Applies && asked.Text == deciding);
    }

    /// <summary>Whether both were written to judge alike.</summary>
    public bool HasSameRulesAs(OptionsPolicy? other) => _canonicalRules == other?._canonicalRules;

    public override string ToString() => PolicyDifference.List(Rules);

    private static bool HasEnded(Exemption exemption, DateTimeOffset now) => exemption.Until <= now;

    /// <summary>Judges one client, or, without one, all clients of a program.</summary>
    private ConnectionVerdict Judge(ClientProgram program, MapiClient? client, out bool dependsOnUser)
    {
        dependsOnUser = false;
        var isEnforced = _enforced.TryMatch(program, out var rule, out var message);
        if (!isEnforced && !_reported.TryMatch(program, out rule, out message))
        {
            return ConnectionVerdict.Allowed;
        }

        return JudgeMatched(program, client, isEnforced, rule!, message, out dependsOnUser);
    }

    // Out of line: a client that no rule is about would pay for the room this takes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ConnectionVerdict JudgeMatched(ClientProgram program, MapiClient? client, bool isEnforced, string rule, string? message, out bool dependsOnUser)
    {
        if (FindExemption(program, client, out dependsOnUser) is { } exemption)
        {
            return isEnforced ? ConnectionVerdict.Exempted(rule, exemption) : ConnectionVerdict.Allowed;
        }

        return isEnforced && !_reportsOnly
            ? ConnectionVerdict.Denied(rule, message)
            : ConnectionVerdict.Allowed.WithReportedRule(rule);
    }

    private string? FindExemption(ClientProgram program, MapiClient? client, out bool dependsOnUser)
    {
        dependsOnUser = false;
        if (IsOwn(program))
        {
            return OwnExemption(program);
        }

        foreach (var exemption in _exemptions)
        {
            if (exemption.Covers(program, out var everyUser))
            {
                if (everyUser || (client is not null && exemption.Covers(client)))
                {
                    dependsOnUser = false;
                    return exemption.Text;
                }

                dependsOnUser = client is null;
            }
        }

        return null;
    }

    private bool IsOwn(ClientProgram program) =>
        _own.Count > 0
        && program.ImageName.Length > 0
        && program.ProcessNames.All(name => ProcessName.Image(name).IsEmpty || _own.IsBlocked(name));

    private static string OwnExemption(ClientProgram program) => $"{nameof(MapiGateOptions.OwnProcesses)} {program.ImageName}";

    private string[] DescribeRules() =>
    [
        .. _reportsOnly ? [$"{nameof(MapiGateOptions.Mode)} = {nameof(PolicyMode.ReportOnly)}"] : Array.Empty<string>(),
        .. _enforced.Rules,
        .. _own.Select(own => $"never {own}"),
        .. _exemptions.Select(exemption => $"except {exemption.Text}"),
        .. _reported.Rules.Select(rule => $"report only {rule}"),
    ];

    // Neither the order nor the case of the rules changes what they say.
    private static string Canonicalise(IEnumerable<string> rules) =>
        string.Join('\n', rules.Select(rule => rule.ToUpperInvariant()).Order(StringComparer.Ordinal));

    private static string ComputeFingerprint(string canonicalRules) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRules)).AsSpan(0, 4));
}
