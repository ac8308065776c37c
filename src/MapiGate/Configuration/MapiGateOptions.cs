namespace MapiGate;

/// <summary>What an administrator writes: under <c>MapiGate</c> in configuration, or in code.</summary>
public sealed class MapiGateOptions
{
    /// <summary>
    /// The programs to refuse, by executable name, separated by semicolons: <c>program1.exe; mfcmapi*.exe</c>.
    /// The registry value <c>Disable MAPI Client Processes</c> (KB 920185). Default: empty, which refuses none.
    /// See <see cref="ProcessBlocklist"/>.
    /// </summary>
    public string? DisableMapiClientProcesses { get; set; }

    /// <summary>
    /// The client versions to refuse, separated by commas or semicolons: <c>11.0.5608.5606, 8-9, -7</c>.
    /// The registry value <c>Disable MAPI Clients</c> (KB 288894). Default: empty, which refuses none.
    /// See <see cref="ClientVersionBlocklist"/>.
    /// </summary>
    public string? DisableMapiClients { get; set; }

    /// <summary>
    /// What becomes of a client that names no program: older than Outlook 2003, or silent.
    /// Default: <see cref="ClientAdmission.Allow"/>, as Exchange does.
    /// </summary>
    public ClientAdmission ClientsWithoutProcessName { get; set; }

    /// <summary>What becomes of a client that sends no version, or none that can be read. Default: <see cref="ClientAdmission.Allow"/>.</summary>
    public ClientAdmission ClientsWithoutVersion { get; set; }

    /// <summary>Rules by program, version, mailbox, account and address, by name. Names compare without regard to case. Default: none.</summary>
    public IDictionary<string, RuleOptions> Rules { get; } = new Dictionary<string, RuleOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whom the rules shall not touch, by name. Names compare without regard to case. Default: nobody.</summary>
    public IDictionary<string, ExemptionOptions> Exemptions { get; } = new Dictionary<string, ExemptionOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Rules to try out before they are enforced. Default: none.</summary>
    public ReportOnlyOptions ReportOnly { get; } = new();

    /// <summary>Whether the rules are enforced at all. Default: <see cref="PolicyMode.Enforce"/>.</summary>
    public PolicyMode Mode { get; set; }

    /// <summary>A change that would disconnect more sessions than this is held. 0 or more; default: no limit.</summary>
    public int? MaxDisconnects { get; set; }

    /// <summary>A change that would disconnect more than this share of all sessions is held. 0 to 100; default: no limit.</summary>
    public double? MaxDisconnectPercent { get; set; }

    /// <summary>The fingerprint of a held change that may be made all the same. Default: none.</summary>
    public string? ConfirmChange { get; set; }

    /// <summary>
    /// The executable names of the host's own programs, which no rule ever denies. Set by the host in code, so that no
    /// edit can lock the server out of itself. Default: none.
    /// </summary>
    public ICollection<string> OwnProcesses { get; } = [];

    /// <summary>What could not be read from configuration; the validator reports it.</summary>
    internal List<string> ReadErrors { get; } = [];

    /// <summary>Keys in the configuration section that mean nothing.</summary>
    internal List<string> UnknownKeys { get; } = [];

    /// <summary>What configuration sources have to remark on what they read: the source, and its remark.</summary>
    internal List<(string Source, string Note)> SourceNotes { get; } = [];

    /// <summary>Which configuration source each key came from, by the key below the section.</summary>
    internal Dictionary<string, string> Sources { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The named rules and exemptions whose parts came from several sources: the key, and the sources.</summary>
    internal List<(string Key, string Sources)> MixedSources { get; } = [];
}
