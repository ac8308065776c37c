namespace MapiGate;

/// <summary>What a change of policy added and removed, in words.</summary>
internal static class PolicyDifference
{
    public static (string Added, string Removed) Describe(IConnectionPolicy before, IConnectionPolicy after)
    {
        var old = Rules(before);
        var now = Rules(after);
        return (List(now.Except(old, ProcessName.Comparer)), List(old.Except(now, ProcessName.Comparer)));
    }

    public static string List(IEnumerable<string> rules)
    {
        var text = string.Join("; ", rules);
        return text.Length == 0 ? "(none)" : text;
    }

    private static IEnumerable<string> Rules(IConnectionPolicy policy) =>
        policy is OptionsPolicy options ? options.Rules : [policy.ToString() ?? policy.GetType().Name];
}
