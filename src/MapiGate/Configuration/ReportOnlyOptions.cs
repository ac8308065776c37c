namespace MapiGate;

/// <summary>Rules that refuse nobody and disconnect nobody: what they would have refused is logged and counted.</summary>
public sealed class ReportOnlyOptions
{
    /// <inheritdoc cref="MapiGateOptions.DisableMapiClientProcesses"/>
    public string? DisableMapiClientProcesses { get; set; }

    /// <inheritdoc cref="MapiGateOptions.DisableMapiClients"/>
    public string? DisableMapiClients { get; set; }
}
