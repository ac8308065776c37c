namespace StoreServiceHost.Mailboxes;

/// <summary>Who may log on, and which mailbox each owns: the <c>Users</c> section of the configuration.</summary>
/// <remarks>Read once, at start: a change of users needs a restart. Only the gate's policy is followed while running.</remarks>
internal sealed class StoreOptions
{
    /// <summary>The users by the name they authenticate with; case does not matter.</summary>
    public Dictionary<string, UserOptions> Users { get; } = new(StringComparer.OrdinalIgnoreCase);
}
