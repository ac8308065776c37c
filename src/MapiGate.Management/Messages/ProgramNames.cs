namespace MapiGate.Management;

/// <summary>What a client's program is called, as the gate's own counts call it: a client's text, and so cut and cleaned.</summary>
internal static class ProgramNames
{
    /// <summary>The file name of the first process name that has one; empty when none has.</summary>
    public static string Image(IReadOnlyList<string> names) => new MapiClient { ProcessNames = names }.Sanitized().ProcessName ?? string.Empty;
}
