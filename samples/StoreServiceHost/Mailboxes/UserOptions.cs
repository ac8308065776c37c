namespace StoreServiceHost.Mailboxes;

/// <summary>One user of the store, as written in the configuration.</summary>
internal sealed class UserOptions
{
    /// <summary>In the clear: good enough for a sample that listens on the loopback address only.</summary>
    public string Password { get; set; } = "";

    /// <summary>The legacy distinguished name that clients send at Connect and RopLogon.</summary>
    public string MailboxDn { get; set; } = "";

    /// <summary>Shown by the client; the user's name when empty.</summary>
    public string DisplayName { get; set; } = "";
}
