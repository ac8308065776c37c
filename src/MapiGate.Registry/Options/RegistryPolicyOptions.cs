namespace MapiGate.Registry;

/// <summary>Where in the registry the policy is, and how changes of it are noticed.</summary>
public sealed class RegistryPolicyOptions
{
    /// <summary>
    /// The key that holds the values, below <c>HKEY_LOCAL_MACHINE</c>, in the 64-bit view. It need not exist.
    /// Default: <c>SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem</c>, as in Exchange Server 2003.
    /// </summary>
    public string KeyPath { get; set; } = @"SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem";

    /// <summary>
    /// How often the key is read whether it signalled a change or not; also how soon what failed is tried again.
    /// From one millisecond to 49 days. Default: 15 minutes, as in Exchange Server 2003.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether the key is read at the moment it changes, too. Default: <see langword="true"/>;
    /// <see langword="false"/> leaves the poll alone.
    /// </summary>
    public bool WatchForChanges { get; set; } = true;

    /// <summary>The configuration section that the values appear in. Default: <c>MapiGate</c>.</summary>
    public string Section { get; set; } = "MapiGate";

    /// <summary>The clock that the poll goes by. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
