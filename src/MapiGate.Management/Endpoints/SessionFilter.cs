namespace MapiGate.Management;

/// <summary>Chooses sessions by the conditions of a rule, read and judged by the gate itself: no second grammar.</summary>
internal static class SessionFilter
{
    /// <summary>Reads conditions.</summary>
    /// <returns>What chooses, or everything that is wrong; all when nothing is stated.</returns>
    public static (Func<SessionInfo, bool> Chooses, bool IsStated, IReadOnlyList<string> Errors) Read(string? process, string? version, string? mailbox, string? user, string? address)
    {
        string?[] stated = [process, version, mailbox, user, address];
        if (stated.All(string.IsNullOrWhiteSpace))
        {
            return (_ => true, false, []);
        }

        var options = new MapiGateOptions();
        options.Rules["filter"] = new RuleOptions { Process = process, Version = version, Mailbox = mailbox, User = user, Address = address };
        return ConnectionPolicy.TryFromOptions(options, out var policy, out var errors)
            ? (session => !policy.Evaluate(session.Client).IsAllowed, true, [])
            : (_ => false, true, [.. errors.Select(error => error.Replace("Rules:filter:", string.Empty, StringComparison.Ordinal))]);
    }
}
