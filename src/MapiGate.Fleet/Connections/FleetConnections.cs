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
        var own = new FleetCredentials(options, (nameof(options.CredentialsFile), options.CredentialsFile), (nameof(options.NKeySeedFile), options.NKeySeedFile));
        Gate = new FleetConnection(Configure(options, $"mapigate {key}", $"_INBOX.{key}"), own, options.Gate, timeProvider, logger);
        var administrators = new FleetCredentials(
            options,
            (nameof(options.AdministratorCredentialsFile), options.AdministratorCredentialsFile),
            (nameof(options.AdministratorNKeySeedFile), options.AdministratorNKeySeedFile));
        Administrator = options.AdministratorCredentialsFile.Length + options.AdministratorNKeySeedFile.Length > 0
            ? new FleetConnection(Configure(options, $"mapigate {key}, administrator", "_INBOX"), administrators, "an administrator", timeProvider, logger)
            : options.CredentialsFile.Length + options.NKeySeedFile.Length == 0 ? Gate : null;
    }

    public FleetConnection Gate { get; }

    /// <summary>What may write the document; <see langword="null"/> when this gate may not.</summary>
    public FleetConnection? Administrator { get; }

    /// <summary>What was refused lately, or keeps an administrator's connection from being made; <see langword="null"/> when nothing.</summary>
    public string? FindTrouble() => Gate.FindRefusal() ?? Administrator?.FindRefusal() ?? Administrator?.Failure;

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

    private NatsOpts Configure(FleetOptions options, string name, string inbox) => NatsOpts.Default with
    {
        Url = string.Join(',', FleetOptionsValidator.Split(options.Servers)),
        Name = name,
        InboxPrefix = inbox,
        RetryOnInitialConnect = true,
        IgnoreAuthErrorAbort = true,
        ReconnectWaitMin = _shortestWait,
        ReconnectWaitMax = _longestWait,
        PublishTimeoutOnDisconnected = true,
        PingInterval = _ping,
        MaxPingOut = 2,
    };
}
