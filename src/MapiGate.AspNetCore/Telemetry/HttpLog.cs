using System.Net;
using MapiGate.Protocol;
using Microsoft.Extensions.Logging;

namespace MapiGate.AspNetCore;

/// <summary>What this package logs: nothing that a client sent in words of its own. Who was refused is logged by the core.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(HttpEventIds.ConnectUnreadable, LogLevel.Information, "A Connect from {RemoteAddress} can't be read and got X-ResponseCode 12.")]
    public static partial void ConnectUnreadable(ILogger logger, IPAddress? remoteAddress);

    [LoggerMessage(HttpEventIds.ConnectTooLarge, LogLevel.Information, "A Connect from {RemoteAddress} is longer than {Limit} bytes and got X-ResponseCode 9.")]
    public static partial void ConnectTooLarge(ILogger logger, IPAddress? remoteAddress, int limit);

    [LoggerMessage(HttpEventIds.AuxiliaryUnreadable, LogLevel.Information, "The auxiliary buffer of a Connect from {RemoteAddress} can't be read ({Error}): the client counts as one that names no program.")]
    public static partial void AuxiliaryUnreadable(ILogger logger, IPAddress? remoteAddress, WireError error);

    [LoggerMessage(HttpEventIds.ServerRefusedConnect, LogLevel.Debug, "The server behind gave session {SessionId} no Session Context (HTTP status {Status}); it is released.")]
    public static partial void ServerRefusedConnect(ILogger logger, long sessionId, int status);

    [LoggerMessage(HttpEventIds.UnknownContext, LogLevel.Debug, "A {RequestType} from {RemoteAddress} names a Session Context that is not known here and got X-ResponseCode 10.")]
    public static partial void UnknownContext(ILogger logger, string requestType, IPAddress? remoteAddress);

    [LoggerMessage(HttpEventIds.RequestEnded, LogLevel.Debug, "A pending {RequestType} of session {SessionId} was ended with X-ResponseCode {Code}.")]
    public static partial void RequestEnded(ILogger logger, string requestType, long sessionId, int code);

    [LoggerMessage(HttpEventIds.RequestAborted, LogLevel.Information, "A pending {RequestType} of session {SessionId} could not be ended in the protocol's form; it was aborted.")]
    public static partial void RequestAborted(ILogger logger, Exception? exception, string requestType, long sessionId);

    [LoggerMessage(HttpEventIds.RequestAbandoned, LogLevel.Warning, "The server behind has not come back from a {RequestType} {Seconds} s after session {SessionId} was disconnected; the request was aborted.")]
    public static partial void RequestAbandoned(ILogger logger, string requestType, long sessionId, double seconds);

    [LoggerMessage(HttpEventIds.ServerFailedAfterCut, LogLevel.Debug, "The server behind gave up a request of session {SessionId} after the gate had ended it.")]
    public static partial void ServerFailedAfterCut(ILogger logger, Exception exception, long sessionId);

    [LoggerMessage(HttpEventIds.SessionExpired, LogLevel.Debug, "Session {SessionId} has been idle beyond the server's expiry; it is released.")]
    public static partial void SessionExpired(ILogger logger, long sessionId);

    [LoggerMessage(HttpEventIds.AmbiguousRequestType, LogLevel.Information, "A request from {RemoteAddress} has several X-RequestType headers and got X-ResponseCode 4.")]
    public static partial void AmbiguousRequestType(ILogger logger, IPAddress? remoteAddress);

    [LoggerMessage(HttpEventIds.ClaimsDisagree, LogLevel.Information, "The claims of session {SessionId} do not fit together: {Disagreement}.")]
    public static partial void ClaimsDisagree(ILogger logger, long sessionId, string disagreement);

    [LoggerMessage(HttpEventIds.ContextUngated, LogLevel.Warning, "Clients live beyond the gate: a Connect of session {SessionId} succeeded with a cookie named {CookieName} and none of those in MapiGateHttpOptions.ContextCookies. Name the server's Session Context cookie there. Said once; mapigate.http.contexts.ungated counts.")]
    public static partial void ContextUngated(ILogger logger, long sessionId, string cookieName);

    [LoggerMessage(HttpEventIds.EndContextFailed, LogLevel.Warning, "MapiGateHttpOptions.EndContext could not end a Session Context at the server.")]
    public static partial void EndContextFailed(ILogger logger, Exception exception);

    [LoggerMessage(HttpEventIds.MalformedContextCookie, LogLevel.Debug, "A {RequestType} from {RemoteAddress} has a Session Context cookie that no server sets and got X-ResponseCode 6.")]
    public static partial void MalformedContextCookie(ILogger logger, string requestType, IPAddress? remoteAddress);

    [LoggerMessage(HttpEventIds.SessionAdopted, LogLevel.Debug, "A {RequestType} from {RemoteAddress} shows a seal: its Session Context is taken on as session {SessionId}.")]
    public static partial void SessionAdopted(ILogger logger, string requestType, IPAddress? remoteAddress, long sessionId);

    [LoggerMessage(HttpEventIds.SealFailed, LogLevel.Warning, "No seal could be made for session {SessionId}: its client loses its context when this gate stops, or when another gate gets its requests.")]
    public static partial void SealFailed(ILogger logger, Exception exception, long sessionId);

    [LoggerMessage(HttpEventIds.HandshakeReplaced, LogLevel.Debug, "The server behind answered a leg of a handshake with HTTP status {Status} instead of 401; the gate answered in its place.")]
    public static partial void HandshakeReplaced(ILogger logger, int status);
}
