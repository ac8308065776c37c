namespace MapiGate.Protocol;

/// <summary>Content types of MAPI/HTTP.</summary>
/// <remarks>MS-OXCMAPIHTTP 2.2.3.2.</remarks>
public static class MapiHttpContentType
{
    /// <summary>Of every request, and of a response with X-ResponseCode 0.</summary>
    public const string Mapi = "application/mapi-http";

    /// <summary>Of a response with any other X-ResponseCode.</summary>
    public const string Failure = "text/html";
}
