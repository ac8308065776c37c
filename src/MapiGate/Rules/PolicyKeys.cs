namespace MapiGate;

/// <summary>The keys that an administrator writes, below <c>MapiGate</c>.</summary>
internal static class PolicyKeys
{
    public const string DisableMapiClientProcesses = "DisableMapiClientProcesses";
    public const string DisableMapiClients = "DisableMapiClients";
    public const string ClientsWithoutProcessName = "ClientsWithoutProcessName";
    public const string ClientsWithoutVersion = "ClientsWithoutVersion";
    public const string Rules = "Rules";
    public const string Exemptions = "Exemptions";
    public const string ReportOnly = "ReportOnly";
    public const string Mode = "Mode";
    public const string MaxDisconnects = "MaxDisconnects";
    public const string MaxDisconnectPercent = "MaxDisconnectPercent";
    public const string ConfirmChange = "ConfirmChange";

    public static string OfRule(string name) => $"{Rules}:{name}";

    public static string OfExemption(string name) => $"{Exemptions}:{name}";
}
