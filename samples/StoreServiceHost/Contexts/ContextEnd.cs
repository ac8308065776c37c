namespace StoreServiceHost.Contexts;

/// <summary>Why a context ended.</summary>
internal enum ContextEnd
{
    /// <summary>Its client sent Disconnect.</summary>
    LoggedOff,

    /// <summary>Its client sent a new Connect in its place.</summary>
    Replaced,

    /// <summary>Nothing was heard from its client for too long.</summary>
    Expired,

    /// <summary>The gate disconnected it.</summary>
    Cut,
}
