using System.Security.Authentication;
using NATS.Client.Core;

namespace MapiGate.Fleet;

/// <summary>What one connection shows the servers, and which setting to look at when they don't let it in.</summary>
internal sealed class FleetCredentials
{
    private readonly FleetOptions _options;
    private readonly string _fix;

    /// <param name="options">The settings, of which certificates are the same for all connections.</param>
    /// <param name="credentials">The setting that names a credentials file, and the file; or nothing.</param>
    /// <param name="seed">The setting that names a seed's file, and the file; or nothing.</param>
    public FleetCredentials(FleetOptions options, (string Key, string File) credentials, (string Key, string File) seed)
    {
        _options = options;
        if (seed.File.Length > 0 && NKeySeed.TryRead(seed.File) is { } key)
        {
            AuthOpts = NatsAuthOpts.Default with { Seed = key.Seed, NKey = key.PublicKey };
            _fix = $"{Is(seed.Key, seed.File)}; its public key, {key.PublicKey}, has to stand in the servers' rights.conf.";
        }
        else if (credentials.File.Length > 0)
        {
            AuthOpts = NatsAuthOpts.Default with { CredsFile = credentials.File };
            _fix = $"{Is(credentials.Key, credentials.File)}; it has to be of an account that the servers know, and must not have run out.";
        }
        else
        {
            AuthOpts = NatsAuthOpts.Default;
            _fix = $"{Is(seed.Key, seed.File)}, and so is {FleetOptions.Section}:{credentials.Key}; name the file with its seed, or the one with its credentials.";
        }
    }

    public NatsAuthOpts AuthOpts { get; }

    public NatsTlsOpts TlsOpts => NatsTlsOpts.Default with
    {
        CaFile = _options.CertificateAuthorityFile.Length > 0 ? _options.CertificateAuthorityFile : null,
        CertFile = _options.ClientCertificateFile.Length > 0 ? _options.ClientCertificateFile : null,
        KeyFile = _options.ClientKeyFile.Length > 0 ? _options.ClientKeyFile : null,
        Mode = IsTlsDemanded ? TlsMode.Require : TlsMode.Auto,
        ConfigureClientAuthentication = IsTlsDemanded ? ServerCertificate.SayWhatIsWrongAsync : null,
    };

    private bool IsTlsDemanded => _options.CertificateAuthorityFile.Length > 0;

    /// <summary>Whether a server's error is about who comes, and not about what is asked.</summary>
    public static bool IsAboutWho(string error) =>
        error.Contains("authorization violation", StringComparison.OrdinalIgnoreCase) || error.Contains("authentication", StringComparison.OrdinalIgnoreCase);

    /// <summary>What somebody has to mend; <see langword="null"/> when a server just can't be reached.</summary>
    /// <param name="server">The server.</param>
    /// <param name="who">Whose connection it is.</param>
    /// <param name="exception">What the connection met.</param>
    /// <param name="said">What the server said of itself, if it came to that.</param>
    public string? FindFailure(string server, string who, Exception exception, INatsServerInfo? said)
    {
        var causes = Causes(exception).ToList();
        if (causes.OfType<NatsServerException>().FirstOrDefault() is { } refusal)
        {
            return $"The fleet's server {server} does not let {who} in ({refusal.Error}): {_fix}";
        }

        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } distrust)
        {
            return $"The fleet's server {server} cannot be trusted: {distrust.Message.TrimEnd('.')}. {Is(nameof(_options.CertificateAuthorityFile), _options.CertificateAuthorityFile)}; it has to hold who vouches for the server's certificate, which has to be good now and for the name in {FleetOptions.Section}:{nameof(_options.Servers)}.";
        }

        return said switch
        {
            { TlsRequired: false, TlsAvailable: false } when IsTlsDemanded =>
                $"The fleet's server {server} speaks no TLS, and {Is(nameof(_options.CertificateAuthorityFile), _options.CertificateAuthorityFile)}; give the server a block tls, or leave the setting out.",
            { TlsVerify: true } when exception is not TimeoutException =>
                $"The fleet's server {server} does not take the certificate of {who}: {Is(nameof(_options.ClientCertificateFile), _options.ClientCertificateFile)}; it has to hold one that is good now, and that the server's ca_file vouches for.",
            _ => null,
        };
    }

    private static string Is(string key, string file) => $"{FleetOptions.Section}:{key} is \"{file}\"";

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
