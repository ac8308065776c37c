namespace MapiGate.Registry;

/// <summary>A value an administrator writes, and the configuration key it becomes.</summary>
/// <param name="Name">The value's name in the registry.</param>
/// <param name="Key">The key in the configuration section.</param>
/// <param name="Example">A text that would be right, for messages.</param>
internal sealed record PolicyValue(string Name, string Key, string Example)
{
    public static IReadOnlyList<PolicyValue> All { get; } =
    [
        new("Disable MAPI Client Processes", "DisableMapiClientProcesses", "program1.exe; program2.exe"),
        new("Disable MAPI Clients", "DisableMapiClients", "-5.3164.0.0"),
    ];
}
