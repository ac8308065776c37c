namespace MapiGate.Registry.Tests.Wine;

/// <summary>A line the probe wrote.</summary>
/// <param name="Event"><c>loaded</c>, <c>reloaded</c>, or <c>done</c> after a command.</param>
/// <param name="Values">All keys of the configuration that have a value.</param>
/// <param name="Error">What the source says is wrong; <see langword="null"/> when nothing is.</param>
/// <param name="Note">What the source has to remark; <see langword="null"/> when nothing.</param>
/// <param name="NextHandle">The number of the next handle the process would get: it rises when handles leak.</param>
internal sealed record ProbeLine(string Event, Dictionary<string, string> Values, string? Error, string? Note, long NextHandle)
{
    public string? Processes => Values.GetValueOrDefault("MapiGate:DisableMapiClientProcesses");

    public string? Clients => Values.GetValueOrDefault("MapiGate:DisableMapiClients");
}
