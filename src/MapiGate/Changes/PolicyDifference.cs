namespace MapiGate;

/// <summary>What a change of policy added and removed, in words.</summary>
internal static class PolicyDifference
{
    // Nobody reads a log line of ten thousand entries; the policy in force can be asked for all of them.
    private const int MostShown = 50;

    public static (string Added, string Removed) Describe(IConnectionPolicy before, IConnectionPolicy after)
    {
        var old = Rules(before);
        var now = Rules(after);
        return (List([.. now.Except(old, ProcessName.Comparer)]), List([.. old.Except(now, ProcessName.Comparer)]));
    }

    /// <summary>A policy in words. One of the host's own making may throw when it is asked for them.</summary>
    public static string TextOf(IConnectionPolicy policy)
    {
        try
        {
            return policy.ToString() ?? policy.GetType().Name;
        }
#pragma warning disable CA1031 // It is the host's code, and nothing depends on what it says.
        catch (Exception)
#pragma warning restore CA1031
        {
            return policy.GetType().Name;
        }
    }

    private static string List(IReadOnlyList<string> rules) => rules.Count switch
    {
        0 => "(none)",
        <= MostShown => string.Join("; ", rules),
        _ => $"{string.Join("; ", rules.Take(MostShown))}; and {rules.Count - MostShown} more",
    };

    private static IEnumerable<string> Rules(IConnectionPolicy policy) =>
        policy is RulePolicy rules ? rules.Describe().Where(rule => rule.IsInForce).Select(rule => rule.Text) : [TextOf(policy)];
}
