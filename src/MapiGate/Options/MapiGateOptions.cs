namespace MapiGate;

/// <summary>What an administrator writes: under <c>MapiGate</c> in configuration, or in code.</summary>
public sealed class MapiGateOptions
{
    /// <summary>
    /// The programs to refuse, by executable name, separated by semicolons: <c>program1.exe; program2.exe</c>.
    /// The registry value <c>Disable MAPI Client Processes</c> (KB 920185). Default: empty, which refuses none.
    /// </summary>
    public string? DisableMapiClientProcesses { get; set; }

    /// <summary>
    /// What becomes of a client that names no program: older than Outlook 2003, or silent.
    /// Default: <see cref="ClientAdmission.Allow"/>, as Exchange does.
    /// </summary>
    public ClientAdmission ClientsWithoutProcessName { get; set; }

    /// <summary>What could not be read from configuration; the validator reports it.</summary>
    internal List<string> ReadErrors { get; } = [];
}
