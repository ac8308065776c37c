namespace StoreServiceHost.Contexts;

/// <summary>How long Session Contexts live, and how long polls breathe: the <c>Contexts</c> section.</summary>
internal sealed class ContextOptions
{
    /// <summary>
    /// Announced in <c>X-ExpirationInfo</c>: a client that leaves its context idle for longer must log on again.
    /// Default 15 minutes.
    /// </summary>
    public TimeSpan IdleExpiry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Announced in <c>X-PendingPeriod</c>: the time between two signs of life in a long poll. Default 15 seconds.</summary>
    public TimeSpan PendingPeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After this a long poll ends without an event. Default 5 minutes (MS-OXCMAPIHTTP).</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMinutes(5);
}
