namespace MapiGate.Protocol;

/// <summary>Whether a client works on the server's data or on a copy: AUX_PERF_CLIENTINFO.ClientMode.</summary>
/// <remarks>MS-OXCRPC 2.2.2.2.4.</remarks>
public enum MapiClientMode
{
    /// <summary>The client did not say, or said something that has no meaning.</summary>
    Unknown = 0,

    /// <summary>Online mode.</summary>
    Online = 1,

    /// <summary>Cached mode.</summary>
    Cached = 2,
}
