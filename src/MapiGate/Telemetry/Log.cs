using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>Everything the core logs.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.LogonRefused, LogLevel.Information, "Logon refused by rule \"{Rule}\": {Client}", EventName = nameof(EventIds.LogonRefused))]
    public static partial void LogonRefused(ILogger logger, string? rule, MapiClient client);

    [LoggerMessage(EventIds.PolicyChanged, LogLevel.Information, "Policy changed from revision {OldRevision} to {Revision}: added {Added}; removed {Removed}; {Disconnected} of {Examined} sessions disconnected in {ElapsedMilliseconds} ms", EventName = nameof(EventIds.PolicyChanged))]
    public static partial void PolicyChanged(ILogger logger, long oldRevision, long revision, string added, string removed, long disconnected, long examined, double elapsedMilliseconds);

    [LoggerMessage(EventIds.PolicyRejected, LogLevel.Error, "Policy rejected, revision {Revision} stays in force: {Error}", EventName = nameof(EventIds.PolicyRejected))]
    public static partial void PolicyRejected(ILogger logger, long revision, string error);

    [LoggerMessage(EventIds.SessionDisconnected, LogLevel.Information, "Disconnected by rule \"{Rule}\": {Session}", EventName = nameof(EventIds.SessionDisconnected))]
    public static partial void SessionDisconnected(ILogger logger, MapiSession session, string? rule);

    [LoggerMessage(EventIds.DisconnectCallbackFailed, LogLevel.Error, "The host failed to close {Session}", EventName = nameof(EventIds.DisconnectCallbackFailed))]
    public static partial void DisconnectCallbackFailed(ILogger logger, MapiSession session, Exception exception);

    [LoggerMessage(EventIds.SessionNotJudged, LogLevel.Error, "The policy could not judge {Judged}, and leaves it be", EventName = nameof(EventIds.SessionNotJudged))]
    public static partial void SessionNotJudged(ILogger logger, string judged, Exception exception);

    [LoggerMessage(EventIds.PolicyRecovered, LogLevel.Information, "The policy as written is valid again; revision {Revision} is in force", EventName = nameof(EventIds.PolicyRecovered))]
    public static partial void PolicyRecovered(ILogger logger, long revision);

    [LoggerMessage(EventIds.PolicyInForce, LogLevel.Information, "Policy in force at start: {Rules}", EventName = nameof(EventIds.PolicyInForce))]
    public static partial void PolicyInForce(ILogger logger, string rules);

    [LoggerMessage(EventIds.PolicyHeld, LogLevel.Error, "Policy change held, revision {Revision} stays in force: {Hold}", EventName = nameof(EventIds.PolicyHeld))]
    public static partial void PolicyHeld(ILogger logger, long revision, PolicyHold hold);

    [LoggerMessage(EventIds.LogonReported, LogLevel.Information, "Logon would be refused by rule \"{Rule}\", which is only reported: {Client}", EventName = nameof(EventIds.LogonReported))]
    public static partial void LogonReported(ILogger logger, string rule, MapiClient client);

    [LoggerMessage(EventIds.PolicyFinding, LogLevel.Warning, "Policy finding: {Finding}", EventName = nameof(EventIds.PolicyFinding))]
    public static partial void PolicyFinding(ILogger logger, PolicyFinding finding);

    [LoggerMessage(EventIds.LogonExempted, LogLevel.Information, "Logon let in by exemption \"{Exemption}\" from rule \"{Rule}\": {Client}", EventName = nameof(EventIds.LogonExempted))]
    public static partial void LogonExempted(ILogger logger, string exemption, string? rule, MapiClient client);

    [LoggerMessage(EventIds.SettingsRead, LogLevel.Information, "Settings read: {Origins}", EventName = nameof(EventIds.SettingsRead))]
    public static partial void SettingsRead(ILogger logger, string origins);
}
