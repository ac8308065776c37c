namespace MapiGate.Protocol;

/// <summary>Names of the HTTP headers that MAPI/HTTP adds.</summary>
/// <remarks>MS-OXCMAPIHTTP 2.2.3.3. As all header names, they are compared without regard to case.</remarks>
public static class MapiHttpHeaders
{
    /// <summary>Which request a body holds, see <see cref="MapiHttpRequestTypes"/>. Required; echoed.</summary>
    public const string RequestType = "X-RequestType";

    /// <summary>A GUID and a counter that the client gives each request. Required; echoed verbatim.</summary>
    public const string RequestId = "X-RequestId";

    /// <summary>Opaque to the server; echoed verbatim.</summary>
    public const string ClientInfo = "X-ClientInfo";

    /// <summary>The client's program and version, see <see cref="ClientVersion.TryParseApplication"/>.</summary>
    public const string ClientApplication = "X-ClientApplication";

    /// <summary>A <see cref="MapiHttpResponseCode"/> in decimal. Where it comes again inside the body, the last counts.</summary>
    public const string ResponseCode = "X-ResponseCode";

    /// <summary>Milliseconds between PENDING meta-tags.</summary>
    public const string PendingPeriod = "X-PendingPeriod";

    /// <summary>Milliseconds until an idle session expires.</summary>
    public const string ExpirationInfo = "X-ExpirationInfo";

    /// <summary>The server's program and version.</summary>
    public const string ServerApplication = "X-ServerApplication";

    /// <summary>Milliseconds a request took. Only inside the body, after DONE.</summary>
    public const string ElapsedTime = "X-ElapsedTime";

    /// <summary>When a request began, as an HTTP date. Only inside the body, after DONE.</summary>
    public const string StartTime = "X-StartTime";
}
