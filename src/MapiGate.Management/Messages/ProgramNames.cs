namespace MapiGate.Management;

/// <summary>What a client's program is called, as the gate's own counts call it.</summary>
internal static class ProgramNames
{
    /// <summary>The file name of the first process name that has one; empty when none has.</summary>
    public static string Image(IReadOnlyList<string> names) =>
        names.Select(name => name[(name.LastIndexOfAny(['\\', '/']) + 1)..].Trim()).FirstOrDefault(name => name.Length > 0) ?? string.Empty;
}
