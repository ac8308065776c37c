namespace MapiGate.Fleet;

/// <summary>What can't be used, in words that name the key, the value and the fix.</summary>
internal static class FleetOptionsValidator
{
    // Written out in a key, each byte may take three characters; NATS itself would take more.
    private const int LongestName = 100;

    /// <summary>The servers' addresses.</summary>
    public static string[] Split(string servers) => servers.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static IEnumerable<string> Failures(FleetOptions options)
    {
        foreach (var server in Split(options.Servers))
        {
            if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address is not { Scheme: "nats" or "tls", PathAndQuery: "/" or "", Host.Length: > 0 })
            {
                yield return Failure(nameof(options.Servers), server, "write nats:// or tls://, a host and a port, such as nats://nats1:4222, separated by semicolons");
            }
            else if (address.UserInfo.Length > 0)
            {
                // Not as it was written: this is told to logs, and so would the address be.
                yield return Failure(nameof(options.Servers), $"{address.Scheme}://…@{address.Authority}", $"name no user, password or token there; give this gate a seed, {FleetOptions.Section}:{nameof(options.NKeySeedFile)}, or credentials");
            }
        }

        if (string.IsNullOrWhiteSpace(options.Gate) || options.Gate.Length > LongestName || options.Gate.Any(char.IsControl))
        {
            yield return Failure(nameof(options.Gate), options.Gate, $"name this gate in at most {LongestName} characters, such as {Environment.MachineName}");
        }

        if (options.Replicas is not (0 or 1 or 3 or 5))
        {
            yield return Failure(nameof(options.Replicas), options.Replicas.ToString(System.Globalization.CultureInfo.InvariantCulture), "write 1, 3 or 5, or leave it out");
        }

        foreach (var failure in TwoOf(nameof(options.CredentialsFile), options.CredentialsFile, nameof(options.NKeySeedFile), options.NKeySeedFile)
            .Concat(TwoOf(nameof(options.AdministratorCredentialsFile), options.AdministratorCredentialsFile, nameof(options.AdministratorNKeySeedFile), options.AdministratorNKeySeedFile)))
        {
            yield return failure;
        }

        if (options.ClientCertificateFile.Length > 0 != options.ClientKeyFile.Length > 0)
        {
            yield return Failure(nameof(options.ClientKeyFile), options.ClientKeyFile, $"name both {nameof(options.ClientCertificateFile)} and {nameof(options.ClientKeyFile)}, or neither");
        }

        var files = Files(options).Where(named => named.File.Length > 0).ToList();
        foreach (var (key, file) in files)
        {
            if (!File.Exists(file))
            {
                yield return Failure(key, file, "there is no such file that this process may see; put it there, or name another");
            }
            else if (CredentialFiles.FindFix(key, file) is { } fix)
            {
                yield return Failure(key, file, fix);
            }
        }

        if (options.ClientCertificateFile.Length > 0 && files.All(named => File.Exists(named.File)) && !CredentialFiles.IsPair(options.ClientCertificateFile, options.ClientKeyFile))
        {
            yield return Failure(nameof(options.ClientKeyFile), options.ClientKeyFile, $"no key that belongs to {nameof(options.ClientCertificateFile)} can be read there; write both as PEM, the key without a password, and let this process read them");
        }
    }

    private static IEnumerable<(string Key, string File)> Files(FleetOptions options) =>
    [
        (nameof(options.CredentialsFile), options.CredentialsFile),
        (nameof(options.NKeySeedFile), options.NKeySeedFile),
        (nameof(options.AdministratorCredentialsFile), options.AdministratorCredentialsFile),
        (nameof(options.AdministratorNKeySeedFile), options.AdministratorNKeySeedFile),
        (nameof(options.CertificateAuthorityFile), options.CertificateAuthorityFile),
        (nameof(options.ClientCertificateFile), options.ClientCertificateFile),
        (nameof(options.ClientKeyFile), options.ClientKeyFile),
    ];

    private static IEnumerable<string> TwoOf(string key, string value, string otherKey, string otherValue) =>
        value.Length > 0 && otherValue.Length > 0 ? [Failure(otherKey, otherValue, $"name either it or {FleetOptions.Section}:{key}")] : [];

    private static string Failure(string key, string value, string fix) => $"{FleetOptions.Section}:{key} is \"{value}\"; {fix}.";
}
