namespace MapiGate.Gateway.Telemetry;

/// <summary>The event ids of this program, 400 to 499. A number is never given to another event.</summary>
internal static class GatewayEventIds
{
    public const int Started = 400;
    public const int ServerFailed = 401;
    public const int RequestRefused = 402;
    public const int RpcOpen = 403;
    public const int CertificateRead = 404;
    public const int CertificateUnreadable = 405;
    public const int ServerConnectionClosed = 407;
    public const int NotHealthyAtStart = 408;
    public const int UserUnreadable = 409;
}
