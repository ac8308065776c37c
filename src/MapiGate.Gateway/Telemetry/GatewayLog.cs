using System.Net;

namespace MapiGate.Gateway.Telemetry;

/// <summary>What this program logs: nothing that a client sent in words of its own.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(GatewayEventIds.Started, LogLevel.Information, "Gate before {Server}: clients at {Clients}")]
    public static partial void Started(ILogger logger, string server, string clients);

    [LoggerMessage(GatewayEventIds.ServerFailed, LogLevel.Warning, "The server behind failed a request of {RemoteAddress} ({Error}): {Reason}")]
    public static partial void ServerFailed(ILogger logger, IPAddress? remoteAddress, string error, string reason);

    [LoggerMessage(GatewayEventIds.RequestRefused, LogLevel.Information, "A request of {RemoteAddress} got {Status}: {Reason}")]
    public static partial void RequestRefused(ILogger logger, IPAddress? remoteAddress, int status, string reason);

    [LoggerMessage(GatewayEventIds.RpcOpen, LogLevel.Warning, "Gateway:AllowRpc is true: an Outlook that is refused over MAPI/HTTP can fall back to /rpc, which no policy judges.")]
    public static partial void RpcOpen(ILogger logger);

    [LoggerMessage(GatewayEventIds.CertificateRead, LogLevel.Information, "Certificate {Subject}, SHA-256 {Fingerprint}, until {NotAfter:u}, read from {File}")]
    public static partial void CertificateRead(ILogger logger, string subject, string fingerprint, DateTimeOffset notAfter, string file);

    [LoggerMessage(GatewayEventIds.CertificateUnreadable, LogLevel.Error, "The certificate in {File} can't be read, the one before stays in use: {Reason}")]
    public static partial void CertificateUnreadable(ILogger logger, string file, string reason);

    [LoggerMessage(GatewayEventIds.ServerConnectionClosed, LogLevel.Debug, "The server behind closed the connection that belonged to one of {RemoteAddress}; that one is closed too.")]
    public static partial void ServerConnectionClosed(ILogger logger, IPAddress? remoteAddress);

    [LoggerMessage(GatewayEventIds.NotHealthyAtStart, LogLevel.Warning, "{Trouble}")]
    public static partial void NotHealthyAtStart(ILogger logger, string? trouble);

    [LoggerMessage(GatewayEventIds.UserUnreadable, LogLevel.Warning, "A client authenticates its connection (NTLM, Negotiate), and its account can't be read here: {Rules} will not meet it by User; say Mailbox instead.")]
    public static partial void UserUnreadable(ILogger logger, string rules);
}
