using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>Everything the core logs. What a client sent stands in quotes, each part a value of its own.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.LogonRefused, LogLevel.Information, "Logon refused by rule \"{Rule}\": process \"{Process}\" version \"{Version}\" user \"{User}\" mailbox \"{Mailbox}\" machine \"{Machine}\" address \"{Address}\"", EventName = nameof(EventIds.LogonRefused))]
    public static partial void LogonRefused(ILogger logger, string rule, string process, string version, string user, string mailbox, string machine, string address);

    [LoggerMessage(EventIds.PolicyChanged, LogLevel.Information, "Policy changed from revision {OldRevision} to {Revision}: added {Added}; removed {Removed}; {Disconnected} of {Examined} sessions disconnected in {ElapsedMilliseconds} ms", EventName = nameof(EventIds.PolicyChanged))]
    public static partial void PolicyChanged(ILogger logger, long oldRevision, long revision, string added, string removed, long disconnected, long examined, double elapsedMilliseconds);

    [LoggerMessage(EventIds.PolicyRejected, LogLevel.Error, "Policy rejected, revision {Revision} stays in force: {Error}", EventName = nameof(EventIds.PolicyRejected))]
    public static partial void PolicyRejected(ILogger logger, long revision, string error);

    [LoggerMessage(EventIds.SessionDisconnected, LogLevel.Information, "Disconnected by rule \"{Rule}\": session {SessionId}, process \"{Process}\" version \"{Version}\" user \"{User}\" mailbox \"{Mailbox}\" machine \"{Machine}\" address \"{Address}\"", EventName = nameof(EventIds.SessionDisconnected))]
    public static partial void SessionDisconnected(ILogger logger, string rule, long sessionId, string process, string version, string user, string mailbox, string machine, string address);

    [LoggerMessage(EventIds.DisconnectCallbackFailed, LogLevel.Error, "The host failed to close session {SessionId}, process \"{Process}\" user \"{User}\"", EventName = nameof(EventIds.DisconnectCallbackFailed))]
    public static partial void DisconnectCallbackFailed(ILogger logger, long sessionId, string process, string user, Exception exception);

    [LoggerMessage(EventIds.SessionNotJudged, LogLevel.Error, "The policy could not judge {Judged}, and leaves it be ({Failures} such failures in this change)", EventName = nameof(EventIds.SessionNotJudged))]
    public static partial void SessionNotJudged(ILogger logger, string judged, long failures, Exception exception);

    [LoggerMessage(EventIds.PolicyRecovered, LogLevel.Information, "The policy as written can be read again; revision {Revision} is in force", EventName = nameof(EventIds.PolicyRecovered))]
    public static partial void PolicyRecovered(ILogger logger, long revision);

    [LoggerMessage(EventIds.PolicyAtStart, LogLevel.Information, "Policy in force at start, {Fingerprint}: {Rules}", EventName = nameof(EventIds.PolicyAtStart))]
    public static partial void PolicyAtStart(ILogger logger, string fingerprint, string rules);

    [LoggerMessage(EventIds.PolicyHeld, LogLevel.Error, "Policy change held, revision {Revision} stays in force: {Hold}", EventName = nameof(EventIds.PolicyHeld))]
    public static partial void PolicyHeld(ILogger logger, long revision, string hold);

    [LoggerMessage(EventIds.LogonReported, LogLevel.Information, "Logon would be refused by rule \"{Rule}\", which is only reported: process \"{Process}\" version \"{Version}\" user \"{User}\" mailbox \"{Mailbox}\" machine \"{Machine}\" address \"{Address}\"", EventName = nameof(EventIds.LogonReported))]
    public static partial void LogonReported(ILogger logger, string rule, string process, string version, string user, string mailbox, string machine, string address);

    [LoggerMessage(EventIds.FindingInPolicy, LogLevel.Warning, "Policy finding: {Finding}", EventName = nameof(EventIds.FindingInPolicy))]
    public static partial void FindingInPolicy(ILogger logger, string finding);

    [LoggerMessage(EventIds.LogonExempted, LogLevel.Information, "Logon let in by exemption \"{Exemption}\" from rule \"{Rule}\": process \"{Process}\" version \"{Version}\" user \"{User}\" mailbox \"{Mailbox}\" machine \"{Machine}\" address \"{Address}\"", EventName = nameof(EventIds.LogonExempted))]
    public static partial void LogonExempted(ILogger logger, string exemption, string rule, string process, string version, string user, string mailbox, string machine, string address);

    [LoggerMessage(EventIds.SettingsRead, LogLevel.Information, "Settings read: {Origins}", EventName = nameof(EventIds.SettingsRead))]
    public static partial void SettingsRead(ILogger logger, string origins);

    [LoggerMessage(EventIds.SessionsKicked, LogLevel.Information, "{Disconnected} of {Examined} sessions disconnected by order in {ElapsedMilliseconds} ms, the policy stays: {Reason}", EventName = nameof(EventIds.SessionsKicked))]
    public static partial void SessionsKicked(ILogger logger, long disconnected, long examined, double elapsedMilliseconds, string reason);

    [LoggerMessage(EventIds.HeldChangeWithdrawn, LogLevel.Information, "The held change {Fingerprint} was withdrawn; revision {Revision} stays in force", EventName = nameof(EventIds.HeldChangeWithdrawn))]
    public static partial void HeldChangeWithdrawn(ILogger logger, string fingerprint, long revision);

    [LoggerMessage(EventIds.PolicyNotRemembered, LogLevel.Error, "The policy in force is not remembered for the next start: {Problem}", EventName = nameof(EventIds.PolicyNotRemembered))]
    public static partial void PolicyNotRemembered(ILogger logger, string problem);

    [LoggerMessage(EventIds.PolicyRemembered, LogLevel.Information, "Started from the policy {Fingerprint} that was in force before, as kept in {Path}", EventName = nameof(EventIds.PolicyRemembered))]
    public static partial void PolicyRemembered(ILogger logger, string fingerprint, string path);
}
