using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet;

/// <summary>What the fleet says in the log.</summary>
internal static partial class FleetLog
{
    [LoggerMessage(FleetEventIds.Connected, LogLevel.Information, "Connected to the fleet's server {Server} as {Who}.")]
    public static partial void Connected(ILogger logger, string server, string who);

    [LoggerMessage(FleetEventIds.Disconnected, LogLevel.Warning, "Lost the fleet's server as {Who}; trying the others, and it, until one answers. The policy in force stays.")]
    public static partial void Disconnected(ILogger logger, string who);

    [LoggerMessage(FleetEventIds.ServerRefused, LogLevel.Error, "The fleet's server refused {Who}: {Refusal}. Compare the rights of its credentials with docs/fleet.md.")]
    public static partial void ServerRefused(ILogger logger, string who, string refusal);

    [LoggerMessage(FleetEventIds.DocumentTaken, LogLevel.Information, "Took the fleet's document {Position}, written by {Author}: {Version}.")]
    public static partial void DocumentTaken(ILogger logger, PolicyPosition position, string author, string version);

    [LoggerMessage(FleetEventIds.LastGoodNotKept, LogLevel.Error, "{Path} cannot be written: {Error} A start without the fleet would begin from an older document; make room, or give the right to write there.")]
    public static partial void LastGoodNotKept(ILogger logger, string path, string error);

    [LoggerMessage(FleetEventIds.DocumentRestored, LogLevel.Warning, "The fleet's servers had lost document {Position}, and were given it back.")]
    public static partial void DocumentRestored(ILogger logger, PolicyPosition position);

    [LoggerMessage(FleetEventIds.BucketsMade, LogLevel.Information, "Made the fleet's buckets, kept by {Replicas} servers.")]
    public static partial void BucketsMade(ILogger logger, int replicas);

    [LoggerMessage(FleetEventIds.NameTaken, LogLevel.Error, "Another gate of the fleet calls itself {Gate}, too: give one of them another name, Fleet:Gate.")]
    public static partial void NameTaken(ILogger logger, string gate);

    [LoggerMessage(FleetEventIds.StepFailed, LogLevel.Error, "Following the fleet met an error, and goes on.")]
    public static partial void StepFailed(ILogger logger, Exception exception);

    [LoggerMessage(FleetEventIds.ConnectFailed, LogLevel.Warning, "{Failure} Trying on. The policy in force stays.")]
    public static partial void ConnectFailed(ILogger logger, string failure);
}
