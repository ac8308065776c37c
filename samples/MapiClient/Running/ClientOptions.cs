using MapiClient.Sessions;

namespace MapiClient.Running;

/// <summary>What the command line asked for.</summary>
internal sealed record ClientOptions
{
    public required Uri Url { get; init; }

    public required ClientIdentity Identity { get; init; }

    /// <summary>How many sessions to hold at once.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How often a session that was cut tries to log on again before it gives up.</summary>
    public int Reconnect { get; init; } = 1;

    /// <summary>Log on, open the mailbox, log off.</summary>
    public bool Once { get; init; }

    /// <summary>Log off after this; hold on until told to stop when <see langword="null"/>.</summary>
    public TimeSpan? Duration { get; init; }

    public bool Json { get; init; }
}
