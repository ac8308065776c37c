namespace MapiGate;

/// <summary>Reads a policy for what its writer may not have meant.</summary>
internal static class FindingReader
{
    public static IEnumerable<PolicyFinding> Read(MapiGateOptions options)
    {
        const string reportOnly = nameof(MapiGateOptions.ReportOnly) + ":";
        return
        [
            .. ProcessListFindings.Read(nameof(options.DisableMapiClientProcesses), options.DisableMapiClientProcesses, options.OwnProcesses),
            .. VersionListFindings.Read(nameof(options.DisableMapiClients), options.DisableMapiClients),
            .. ExemptionFindings.Read(options),
            .. ProcessListFindings.Read(reportOnly + nameof(options.DisableMapiClientProcesses), options.ReportOnly.DisableMapiClientProcesses, options.OwnProcesses),
            .. VersionListFindings.Read(reportOnly + nameof(options.DisableMapiClients), options.ReportOnly.DisableMapiClients),
            .. options.SourceNotes.Select(note => new PolicyFinding(FindingCodes.SourceNote, nameof(options.SourceNotes), note.Key, note.Value)),
            .. options.UnknownKeys.Select(key => new PolicyFinding(FindingCodes.UnknownKey, key, key, "There is no such setting, and it does nothing. Compare the spelling with the documentation.")),
        ];
    }
}
