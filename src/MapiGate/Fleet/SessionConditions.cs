namespace MapiGate;

/// <summary>Chooses sessions by the conditions of a rule, read and judged by the gate itself: no second grammar.</summary>
public sealed record SessionConditions
{
    /// <inheritdoc cref="RuleOptions.Process"/>
    public string? Process { get; init; }

    /// <inheritdoc cref="RuleOptions.Version"/>
    public string? Version { get; init; }

    /// <inheritdoc cref="RuleOptions.Mailbox"/>
    public string? Mailbox { get; init; }

    /// <inheritdoc cref="RuleOptions.User"/>
    public string? User { get; init; }

    /// <inheritdoc cref="RuleOptions.Address"/>
    public string? Address { get; init; }

    /// <summary>Whether anything is stated; if not, all are chosen.</summary>
    public bool AreStated() => new[] { Process, Version, Mailbox, User, Address }.Any(condition => !string.IsNullOrWhiteSpace(condition));

    /// <summary>Reads the conditions.</summary>
    /// <param name="chooses">Whether a session meets all that is stated.</param>
    /// <returns>Everything that is wrong, each with its key, its value and the fix. Then none is chosen.</returns>
    public IReadOnlyList<string> Read(out Func<SessionInfo, bool> chooses)
    {
        chooses = _ => true;
        if (!AreStated())
        {
            return [];
        }

        var options = new MapiGateOptions();
        options.Rules["filter"] = new RuleOptions { Process = Process, Version = Version, Mailbox = Mailbox, User = User, Address = Address };
        if (ConnectionPolicy.TryFromOptions(options, out var policy, out var errors))
        {
            chooses = session => !policy.Evaluate(session.Client).IsAllowed;
            return [];
        }

        chooses = _ => false;
        return [.. errors.Select(error => error.Replace("Rules:filter:", string.Empty, StringComparison.Ordinal))];
    }

    internal Func<SessionInfo, bool> ReadOrThrow() => Read(out var chooses) is { Count: > 0 } errors ? throw new InvalidOperationException(errors[0]) : chooses;
}
