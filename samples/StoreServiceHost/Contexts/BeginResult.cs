namespace StoreServiceHost.Contexts;

/// <summary>Whether a context takes on a request.</summary>
internal enum BeginResult
{
    Begun,

    /// <summary>The context has ended: log on again.</summary>
    Gone,

    /// <summary>A stale sequence cookie, or a second request while one runs.</summary>
    OutOfSequence,
}
