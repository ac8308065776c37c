namespace MapiGate.AspNetCore;

/// <summary>
/// The session that a MAPI/HTTP request belongs to, found in <c>HttpContext.Features</c> by whatever runs behind the gate:
/// on a Connect that was let in, and on every later request that carries its Session Context cookie.
/// </summary>
public interface IMapiSessionFeature
{
    /// <summary>The session. The gate releases it; a server behind the gate only looks at it.</summary>
    MapiSession Session { get; }
}
