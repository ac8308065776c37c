namespace MapiGate.AspNetCore;

/// <summary>What a request's cookies say about its Session Context.</summary>
internal enum ContextLookup
{
    /// <summary>The request carries no Session Context cookie: the server's own answer (code 13) is the right one.</summary>
    NoCookie,

    /// <summary>Every Session Context cookie of the request names one and the same context.</summary>
    Known,

    /// <summary>A value is not known here, or the values name different contexts. A context that was cut is unknown too.</summary>
    Unknown,

    /// <summary>A value is not known here, and no server could have set it: there are characters in it that no cookie has.</summary>
    Malformed,
}
