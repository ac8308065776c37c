namespace MapiGate;

/// <summary>
/// The policy made of rules and exemptions from them. What was written is one thing, what of it is in force at a moment
/// another: this is the latter, and keeps the former.
/// </summary>
internal sealed class RulePolicy : IProgramPolicy
{
    private readonly RuleSet _enforced;
    private readonly RuleSet _reported;
    private readonly NamedExemption[] _exemptions;

    private readonly DateTimeOffset? _moment;

    /// <summary>The policy as written, whatever moment it is: every rule and exemption has begun and none has ended.</summary>
    public RulePolicy(WrittenPolicy written)
        : this(written, moment: null, written.Enforced.Rules, written.Reported.Rules, written.Exemptions, waiting: [])
    {
    }

    private RulePolicy(WrittenPolicy written, DateTimeOffset? moment, IEnumerable<NamedRule> enforced, IEnumerable<NamedRule> reported, IEnumerable<NamedExemption> exemptions, IEnumerable<NamedRule> waiting)
    {
        Written = written;
        _moment = moment;
        _enforced = written.Enforced.With(enforced);
        _reported = written.Reported.With(reported);
        _exemptions = [.. exemptions];
        Waiting = waiting.Select(rule => rule.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public WrittenPolicy Written { get; }

    public string Fingerprint => Written.Fingerprint;

    public string EffectiveFingerprint => field ??= PolicyFingerprint.OfEffective(Written, InForceKeys().Order(StringComparer.Ordinal));

    /// <summary>The rules that should have begun and are held, by name.</summary>
    public IReadOnlySet<string> Waiting { get; }

    public IReadOnlyList<PolicyFinding> Findings => field ??= [.. Written.Findings, .. PeriodFindings.Read(Written, _moment)];

    /// <summary>What is in force at a moment, without rules that are held at their beginning.</summary>
    public RulePolicy AsOf(DateTimeOffset now, IReadOnlySet<string> waiting)
    {
        if (Written.IsTimeless)
        {
            return this;
        }

        var due = Written.Enforced.Rules.Where(rule => rule.Period.Contains(now)).ToLookup(rule => waiting.Contains(rule.Name));
        return new RulePolicy(Written, now, due[false], Written.Reported.Rules.Where(rule => rule.Period.Contains(now)), ExemptionsAt(now), due[true]);
    }

    /// <summary>What is in force at a moment, with the rules yet to begin: what a change will have done in the end.</summary>
    public RulePolicy Anticipate(DateTimeOffset now) => Written.IsTimeless ? this : new(
        Written,
        now,
        Written.Enforced.Rules.Where(rule => !rule.Period.HasEnded(now)),
        Written.Reported.Rules.Where(rule => !rule.Period.HasEnded(now)),
        ExemptionsAt(now),
        waiting: []);

    /// <summary>The rules enforced here that the other does not enforce yet, by name.</summary>
    public IEnumerable<string> BegunSince(RulePolicy earlier) =>
        _enforced.Rules.Select(rule => rule.Name).Except(earlier._enforced.Rules.Select(rule => rule.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The next moment at which something begins or ends; <see langword="null"/> when nothing will.</summary>
    public DateTimeOffset? NextMoment(DateTimeOffset now) =>
        Written.Rules.Select(rule => rule.Period).Concat(Written.Exemptions.Select(exemption => exemption.Period)).Min(period => period.NextMoment(now));

    /// <summary>Whether both were written to judge alike, here.</summary>
    public bool SaysTheSameAs(RulePolicy? other) =>
        Fingerprint == other?.Fingerprint && Written.OwnProcesses.ToCanonical() == other.Written.OwnProcesses.ToCanonical();

    public ConnectionVerdict Evaluate(MapiClient client) => Judge(client.Program, client, out _);

    public bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict)
    {
        verdict = Judge(program, client: null, out var dependsOnClient);
        return !dependsOnClient;
    }

    /// <summary>The verdict on a client, and what each rule and exemption had to say.</summary>
    public PolicyExplanation Explain(MapiClient client) => new(client, Evaluate(client), new PolicyExplainer(this, client, InForceKeys()).Explain());

    /// <summary>Everything that was written, as data.</summary>
    public IReadOnlyList<PolicyRule> Describe() => [.. PolicyDescription.Of(Written, InForceKeys())];

    public override string ToString() => string.Join("; ", Describe().Where(rule => rule.IsInForce).Select(rule => rule.Text)) is { Length: > 0 } text ? text : "(none)";

    /// <summary>The host's own program that this one is; <see langword="null"/> when it is none. Every name must be the host's.</summary>
    public string? FindOwnProcess(ClientProgram program) =>
        Written.OwnProcesses.Count > 0
        && !program.IsNameless
        && program.ProcessNames.All(name => ProcessName.Image(name).IsEmpty || Written.OwnProcesses.IsBlocked(name))
            ? $"OwnProcesses {ClientText.Clean(program.ImageName)}"
            : null;

    private IEnumerable<NamedExemption> ExemptionsAt(DateTimeOffset now) => Written.Exemptions.Where(exemption => exemption.Period.Contains(now));

    private HashSet<string> InForceKeys() =>
    [
        .. _enforced.Rules.Concat(_reported.Rules).Select(rule => PolicyKeys.OfRule(rule.Name)),
        .. _exemptions.Select(exemption => PolicyKeys.OfExemption(exemption.Name)),
    ];

    /// <summary>Judges one client, or, without one, all clients of a program.</summary>
    private ConnectionVerdict Judge(ClientProgram program, MapiClient? client, out bool dependsOnClient)
    {
        var enforced = _enforced.Match(program, client, out dependsOnClient);
        if (dependsOnClient)
        {
            return default;
        }

        var matched = enforced ?? _reported.Match(program, client, out dependsOnClient);
        if (matched is null)
        {
            return ConnectionVerdict.Allowed;
        }

        if (FindExemption(program, client, out dependsOnClient) is { } exemption)
        {
            return enforced is null ? ConnectionVerdict.Allowed : ConnectionVerdict.Exempted(matched.Rule, exemption);
        }

        return enforced is not null && Written.Mode == PolicyMode.Enforce
            ? ConnectionVerdict.Denied(matched.Rule, matched.Message)
            : ConnectionVerdict.Allowed.WithReportedRule(matched.Rule);
    }

    private string? FindExemption(ClientProgram program, MapiClient? client, out bool dependsOnClient)
    {
        dependsOnClient = false;
        if (FindOwnProcess(program) is { } own)
        {
            return own;
        }

        foreach (var exemption in _exemptions)
        {
            if (exemption.Covers(program))
            {
                if (!exemption.Conditions.DependsOnClient || (client is not null && exemption.Conditions.AreMetBy(client)))
                {
                    return exemption.Name;
                }

                dependsOnClient |= client is null;
            }
        }

        return null;
    }
}
