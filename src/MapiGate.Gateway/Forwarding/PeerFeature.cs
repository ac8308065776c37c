using System.Net;

namespace MapiGate.Gateway.Forwarding;

/// <summary>Who really is at the other end of the connection, whatever a trusted proxy says of a client behind it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="IsTrustedProxy">Whether it is one of Gateway:TrustedProxies.</param>
internal sealed record PeerFeature(IPAddress? Address, bool IsTrustedProxy);
