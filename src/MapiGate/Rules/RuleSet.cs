namespace MapiGate;

/// <summary>Rules to be asked about a client: those enforced, or those only reported.</summary>
internal sealed class RuleSet(ProcessBlocklist processes, ClientVersionBlocklist versions, bool deniesNameless, bool deniesVersionless, IEnumerable<NamedRule> rules)
{
    public const string NamelessRule = $"{PolicyKeys.ClientsWithoutProcessName} = Deny";
    public const string VersionlessRule = $"{PolicyKeys.ClientsWithoutVersion} = Deny";

    // Those that look at the program alone come first: they decide for all its sessions at once.
    private readonly NamedRule[] _rules = [.. rules.OrderBy(rule => rule.Conditions.DependsOnClient)];

    private readonly bool _isEmpty = processes.Count == 0 && versions.Count == 0 && !deniesNameless && !deniesVersionless && !rules.Any();

    public ProcessBlocklist Processes => processes;

    public ClientVersionBlocklist Versions => versions;

    public bool DeniesNameless => deniesNameless;

    public bool DeniesVersionless => deniesVersionless;

    public IReadOnlyList<NamedRule> Rules => _rules;

    /// <summary>The same lists with other named rules.</summary>
    public RuleSet With(IEnumerable<NamedRule> others) => new(processes, versions, deniesNameless, deniesVersionless, others);

    /// <summary>The first rule that denies a client or, without one, all clients of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="client">The client; <see langword="null"/> to ask about all of the program's.</param>
    /// <param name="dependsOnClient">Whether no answer holds for all clients of the program.</param>
    public MatchedRule? Match(ClientProgram program, MapiClient? client, out bool dependsOnClient)
    {
        dependsOnClient = false;
        if (_isEmpty)
        {
            return null;
        }

        if (MatchLists(program) is { } listed)
        {
            return listed;
        }

        foreach (var rule in _rules)
        {
            if (rule.Conditions.AreMetBy(program, byEveryName: false))
            {
                if (!rule.Conditions.DependsOnClient || (client is not null && rule.Conditions.AreMetBy(client)))
                {
                    return new MatchedRule(rule.Name, rule.Message ?? Describe(program));
                }

                dependsOnClient |= client is null;
            }
        }

        return null;
    }

    private MatchedRule? MatchLists(ClientProgram program)
    {
        if (processes.Count > 0)
        {
            foreach (var image in program.Images)
            {
                if (processes.TryMatchImage(image, out var entry))
                {
                    return new MatchedRule(entry, DescribeListed(image));
                }
            }
        }

        return versions.TryMatch(program.Version, out var range) ? new MatchedRule(range, $"Version {program.Version} of this program is blocked on this server by its administrator.")
            : deniesNameless && program.IsNameless ? new MatchedRule(NamelessRule, "This server's administrator has blocked programs that do not give their name.")
            : deniesVersionless && program.Version is null ? new MatchedRule(VersionlessRule, "This server's administrator has blocked programs that do not give their version.")
            : null;
    }

    private static string DescribeListed(string image) =>
        $"The program {ClientText.Clean(image)} is blocked on this server by its administrator.";

    private static string Describe(ClientProgram program) =>
        ClientText.Clean(program.ImageName) is { Length: > 0 } name
            ? $"The program {name} is blocked for you on this server by its administrator."
            : "This program is blocked for you on this server by its administrator.";
}
