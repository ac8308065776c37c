namespace MapiGate.Fleet;

/// <summary>Where a fleet's policy is kept, and who this gate is in it: the section <c>Fleet</c>. Read once, at the start.</summary>
public sealed class FleetOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Fleet";

    /// <summary>
    /// The NATS servers, as in <c>nats://nats1:4222;nats://nats2:4222;nats://nats3:4222</c>. Default: empty, which is no fleet.
    /// </summary>
    public string Servers { get; set; } = string.Empty;

    /// <summary>What this gate is called; no two gates may share a name. Default: the machine's name.</summary>
    public string Gate { get; set; } = Environment.MachineName;

    /// <summary>A credentials file of this gate's, as NATS tools write it. Default: empty.</summary>
    public string CredentialsFile { get; set; } = string.Empty;

    /// <summary>A file with the seed of this gate's nkey. Default: empty.</summary>
    public string NKeySeedFile { get; set; } = string.Empty;

    /// <summary>
    /// A credentials file with an administrator's rights, by which this gate's page and API may write the document. Without
    /// it, and without <see cref="AdministratorNKeySeedFile"/>, a gate that has credentials only shows; one that has none at
    /// all may do what the servers let anybody do.
    /// </summary>
    public string AdministratorCredentialsFile { get; set; } = string.Empty;

    /// <summary>A file with the seed of an nkey with an administrator's rights. Default: empty.</summary>
    public string AdministratorNKeySeedFile { get; set; } = string.Empty;

    /// <summary>A PEM file with who vouches for the servers' certificates; then nothing but TLS is spoken. Default: empty, which is the system's own.</summary>
    public string CertificateAuthorityFile { get; set; } = string.Empty;

    /// <summary>A PEM file with this gate's certificate, for servers that ask for one. Default: empty.</summary>
    public string ClientCertificateFile { get; set; } = string.Empty;

    /// <summary>A PEM file with the key of <see cref="ClientCertificateFile"/>. Default: empty.</summary>
    public string ClientKeyFile { get; set; } = string.Empty;

    /// <summary>The folder in which the last document is kept, for a start without the fleet. Default: empty, which is the content root.</summary>
    public string DataDirectory { get; set; } = string.Empty;

    /// <summary>
    /// How many servers keep each document, 1, 3 or 5, where this gate makes the fleet's buckets. Default: 0, which is 3 where three
    /// or more <see cref="Servers"/> are named, and 1 elsewhere.
    /// </summary>
    public int Replicas { get; set; }
}
