namespace StoreServiceHost.ConnectLimit;

/// <summary>How many Connects one address may send: the <c>ConnectLimit</c> section.</summary>
/// <remarks>
/// A Connect is the one request that costs memory before anything is known of its sender but a password. The defaults
/// let a crowd of ten thousand log on from one address as fast as it can, and stop one that never ends.
/// </remarks>
internal sealed class ConnectLimitOptions
{
    /// <summary>How many at once, after a time of quiet. Default 20,000; from 1.</summary>
    public int Burst { get; set; } = 20_000;

    /// <summary>How many in each second after that. Default 1,000; from 1.</summary>
    public int PerSecond { get; set; } = 1_000;
}
