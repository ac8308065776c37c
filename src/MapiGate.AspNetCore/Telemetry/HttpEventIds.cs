namespace MapiGate.AspNetCore;

/// <summary>The event ids of this package, 200 to 299. A number is never given to another event.</summary>
internal static class HttpEventIds
{
    public const int ConnectUnreadable = 200;
    public const int ConnectTooLarge = 201;
    public const int AuxiliaryUnreadable = 202;
    public const int ServerRefusedConnect = 203;
    public const int UnknownContext = 204;
    public const int RequestEnded = 205;
    public const int RequestAborted = 206;
    public const int RequestAbandoned = 207;
    public const int ServerFailedAfterCut = 208;
    public const int SessionExpired = 209;
    public const int AmbiguousRequestType = 210;
    public const int ClaimsDisagree = 211;
    public const int ContextUngated = 212;
    public const int EndContextFailed = 213;
    public const int MalformedContextCookie = 214;
    public const int HandshakeReplaced = 215;
    public const int SessionAdopted = 216;
    public const int SealFailed = 217;
}
