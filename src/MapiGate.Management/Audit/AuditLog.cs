using Microsoft.Extensions.Logging;

namespace MapiGate.Management;

/// <summary>Who ordered what: the category <c>MapiGate.Audit</c>.</summary>
internal static partial class AuditLog
{
    private const string Category = "MapiGate.Audit";

    /// <summary>The log. What it throws ends there: what was ordered has been done, and must not look as if it had not.</summary>
    public static ILogger Of(ILoggerFactory loggers) => new NonThrowingLogger(loggers.CreateLogger(Category));

    [LoggerMessage(ManagementEventIds.PolicyWritten, LogLevel.Information, "{Author} changed the policy document to version {Version} from {Address}, \"{Reason}\": {Result}", EventName = nameof(ManagementEventIds.PolicyWritten))]
    public static partial void PolicyWritten(ILogger logger, string author, string version, string address, string reason, string result);

    [LoggerMessage(ManagementEventIds.SessionsKicked, LogLevel.Information, "{Author} disconnected {Disconnected} sessions from {Address}, \"{Reason}\"", EventName = nameof(ManagementEventIds.SessionsKicked))]
    public static partial void SessionsKicked(ILogger logger, string author, long disconnected, string address, string reason);

    [LoggerMessage(ManagementEventIds.HeldChangeConfirmed, LogLevel.Information, "{Author} confirmed the held change {Fingerprint} from {Address}: {Result}", EventName = nameof(ManagementEventIds.HeldChangeConfirmed))]
    public static partial void Confirmed(ILogger logger, string author, string fingerprint, string address, string result);

    [LoggerMessage(ManagementEventIds.HeldChangeWithdrawn, LogLevel.Information, "{Author} withdrew the held change {Fingerprint} from {Address}", EventName = nameof(ManagementEventIds.HeldChangeWithdrawn))]
    public static partial void Withdrawn(ILogger logger, string author, string fingerprint, string address);

    [LoggerMessage(ManagementEventIds.WrongToken, LogLevel.Warning, "A wrong token came from {Address}", EventName = nameof(ManagementEventIds.WrongToken))]
    public static partial void WrongToken(ILogger logger, string address);

    [LoggerMessage(ManagementEventIds.WriteRefused, LogLevel.Warning, "A write that another page may have sent was refused: from {Address}, Origin \"{Origin}\", Sec-Fetch-Site \"{Site}\"", EventName = nameof(ManagementEventIds.WriteRefused))]
    public static partial void WriteRefused(ILogger logger, string address, string origin, string site);

    [LoggerMessage(ManagementEventIds.TokenFileMade, LogLevel.Information, "A first management token was made; it stands in {Path}, which only its owner may read", EventName = nameof(ManagementEventIds.TokenFileMade))]
    public static partial void TokenFileMade(ILogger logger, string path);

    [LoggerMessage(ManagementEventIds.ManagementAt, LogLevel.Information, "The gate is managed at {Address}; the tokens stand in {Path}", EventName = nameof(ManagementEventIds.ManagementAt))]
    public static partial void ManagementAt(ILogger logger, string address, string path);

    [LoggerMessage(ManagementEventIds.DefaultAddressTaken, LogLevel.Warning, "Somebody else listens at {Address}, the default of management: it takes a free port", EventName = nameof(ManagementEventIds.DefaultAddressTaken))]
    public static partial void DefaultAddressTaken(ILogger logger, string address);

    [LoggerMessage(ManagementEventIds.TokenFileUnusable, LogLevel.Error, "Nobody can be let in to manage the gate: {Error}", EventName = nameof(ManagementEventIds.TokenFileUnusable))]
    public static partial void TokenFileUnusable(ILogger logger, string error);
}
