namespace MapiGate.Gateway.Options;

/// <summary>The section <c>Gateway</c> of gateway.json, read once at start.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>The server behind: http or https, a name or an address, a port; nothing after it. Required.</summary>
    public Uri? Server { get; set; }

    /// <summary>SHA-256 of the certificate of the server behind, in hex, where no authority that this machine trusts has signed it. Default: none, the usual check.</summary>
    public string ServerCertificate { get; set; } = "";

    /// <summary>Where clients are awaited: addresses as "http://127.0.0.1:8024" or "https://*:443", separated by semicolons.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8024";

    /// <summary>
    /// Where the gate is managed and health is shown; empty for nowhere. Default: http://127.0.0.1:8026 and, where that is taken,
    /// a free port, which the log names.
    /// </summary>
    public string? Management { get; set; }

    /// <summary>The paths that are forwarded, each with all that is below it, separated by semicolons.</summary>
    public string Paths { get; set; } = "/mapi; /Autodiscover; /EWS; /OAB; /owa; /ecp; /Microsoft-Server-ActiveSync; /public";

    /// <summary>Whether /rpc is forwarded too, by which a refused Outlook could fall back to RPC over HTTP, past the gate. Default: no.</summary>
    public bool AllowRpc { get; set; }

    /// <summary>How long the server behind may send nothing to a request under way. More than its PENDING period. Default: five minutes.</summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a connection to the server behind may take to be made. Default: ten seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client's connection may be idle. More than the server's own limit. Default: twenty minutes.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long a client is told to stay away when the server behind can't be reached. Default: ten seconds.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest head of a request, in bytes: Kerberos tickets can be large. Default: 65536.</summary>
    public int MaxRequestHeadSize { get; set; } = 64 * 1024;

    /// <summary>
    /// The schemes whose credentials name an account, separated by semicolons: Basic, Bearer. Only those that the server behind
    /// checks itself. Default: Basic.
    /// </summary>
    public string AccountSchemes { get; set; } = "Basic";

    /// <summary>Addresses and ranges of proxies in front whose X-Forwarded-For is believed, separated by semicolons. Default: none.</summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>Names of cookies that are not the server's, separated by semicolons, with * at the end for any rest: they are not forwarded.</summary>
    public string CookiesNotForwarded { get; set; } = "AWSALB*; ARRAffinity*; ApplicationGatewayAffinity*; BIGipServer*; NSC_*; KEMP*; SERVERID";

    /// <summary>The certificate for https, a PEM or PFX file. Followed when it changes.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The key of a PEM certificate, where it stands in a file of its own.</summary>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>The password of the PFX file or the encrypted key.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>
    /// Whether the certificate is compared with that of the server behind: Extended Protection needs them to be the same.
    /// Default: yes.
    /// </summary>
    public bool CompareCertificates { get; set; } = true;

    /// <summary>
    /// Where the gateway keeps what outlives it: the policy with its history, tokens, keys. Default: STATE_DIRECTORY, or
    /// %ProgramData%\MapiGate on Windows, or the folder data beside the program.
    /// </summary>
    public string DataDirectory { get; set; } = "";
}
