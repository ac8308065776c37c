using Microsoft.Extensions.Logging;
using NATS.Client.Core;

namespace MapiGate.Fleet;

/// <summary>This gate's connection, and an administrator's where it was given one.</summary>
internal sealed class FleetConnections : IAsyncDisposable
{
    private readonly TimeSpan _shortestWait = TimeSpan.FromSeconds(0.2);
    private readonly TimeSpan _longestWait = TimeSpan.FromSeconds(2);
    private readonly TimeSpan _ping = TimeSpan.FromSeconds(2);

    public FleetConnections(FleetOptions options, TimeProvider timeProvider, ILogger logger)
    {
        var key = GateKey.Of(options.Gate);
        Gate = new FleetConnection(Configure(options, $"mapigate {key}", $"_INBOX.{key}", options.CredentialsFile, options.NKeySeedFile), options.Gate, timeProvider, logger);
        Administrator = options.AdministratorCredentialsFile.Length + options.AdministratorNKeySeedFile.Length > 0
            ? new FleetConnection(Configure(options, $"mapigate {key}, administrator", "_INBOX", options.AdministratorCredentialsFile, options.AdministratorNKeySeedFile), "an administrator", timeProvider, logger)
            : options.CredentialsFile.Length + options.NKeySeedFile.Length == 0 ? Gate : null;
    }

    public FleetConnection Gate { get; }

    /// <summary>What may write the document; <see langword="null"/> when this gate may not.</summary>
    public FleetConnection? Administrator { get; }

    public void Start()
    {
        Gate.Start();
        if (Administrator is { } administrator && administrator != Gate)
        {
            administrator.Start();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync().ConfigureAwait(false);
        if (Administrator is { } administrator && administrator != Gate)
        {
            await administrator.DisposeAsync().ConfigureAwait(false);
        }
    }

    private NatsOpts Configure(FleetOptions options, string name, string inbox, string credentials, string seed) => NatsOpts.Default with
    {
        Url = string.Join(',', FleetOptionsValidator.Split(options.Servers)),
        Name = name,
        InboxPrefix = inbox,
        AuthOpts = Authenticate(credentials, seed),
        TlsOpts = NatsTlsOpts.Default with
        {
            CaFile = options.CertificateAuthorityFile.Length > 0 ? options.CertificateAuthorityFile : null,
            CertFile = options.ClientCertificateFile.Length > 0 ? options.ClientCertificateFile : null,
            KeyFile = options.ClientKeyFile.Length > 0 ? options.ClientKeyFile : null,
            Mode = options.CertificateAuthorityFile.Length > 0 ? TlsMode.Require : TlsMode.Auto,
        },
        RetryOnInitialConnect = true,
        IgnoreAuthErrorAbort = true,
        ReconnectWaitMin = _shortestWait,
        ReconnectWaitMax = _longestWait,
        PublishTimeoutOnDisconnected = true,
        PingInterval = _ping,
        MaxPingOut = 2,
    };

    private static NatsAuthOpts Authenticate(string credentials, string seedFile) =>
        seedFile.Length > 0 && NKeySeed.TryRead(seedFile) is { } key ? NatsAuthOpts.Default with { Seed = key.Seed, NKey = key.PublicKey }
        : credentials.Length > 0 ? NatsAuthOpts.Default with { CredsFile = credentials }
        : NatsAuthOpts.Default;
}
