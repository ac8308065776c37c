using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>A gate of a fleet in a host without any HTTP: what a worker that serves MAPI over RPC has.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly IHost _host;
    private bool _isStopped;

    private GateHost(IHost host, RecordingLogger log, AheadClock clock) => (_host, Log, Clock) = (host, log, clock);

    public RecordingLogger Log { get; }

    public AheadClock Clock { get; }

    public Gatekeeper Gatekeeper => _host.Services.GetRequiredService<Gatekeeper>();

    public IPolicyStore Store => _host.Services.GetRequiredService<IPolicyStore>();

    public IGateFleet Fleet => _host.Services.GetRequiredService<IGateFleet>();

    /// <param name="name">What the fleet calls it.</param>
    /// <param name="urls">The fleet's servers.</param>
    /// <param name="folder">Where it keeps its last document.</param>
    /// <param name="configure">What else is set.</param>
    /// <param name="settings">What its own configuration says of the policy.</param>
    public static Task<GateHost> StartAsync(string name, string urls, string folder, Action<FleetOptions>? configure = null, params (string Key, string Value)[] settings) =>
        StartAsync(name, urls, folder, configure, settings, static _ => { });

    /// <summary>One that remembers the policy that it applied last, as the gateway does.</summary>
    public static Task<GateHost> StartRememberingAsync(string name, string urls, string folder) =>
        StartAsync(name, urls, folder, null, [], gate => gate.RememberPolicy(Path.Combine(folder, "last-applied.json")));

    public MapiSession? Logon(string process) => Gatekeeper.TryLogon(new MapiClient { ProcessNames = [process] }, out var session, out _) ? session : null;

    /// <summary>Whether a client of this program would be let in.</summary>
    public bool Allows(string process)
    {
        using var session = Logon(process);
        return session is not null;
    }

    /// <summary>Has the fleet refuse these programs, from here.</summary>
    public async Task<PolicyWrite> BlockAsync(string processes, string author = "anna", string? version = null) =>
        await Store.WriteAsync(Documents.Blocking(processes), version ?? (await ReadAsync()).Version, author, "a test").WithinBounds();

    /// <summary>The document, as soon as it can be read.</summary>
    public async Task<StoredPolicy> ReadAsync()
    {
        StoredPolicy? stored = null;
        var why = "";
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    stored = await Store.ReadAsync();
                }
                catch (IOException e)
                {
                    // Not yet.
                    why = e.Message;
                }

                return stored is not null;
            },
            Bound,
            () => $"The document can't be read: {why}");
        return stored!;
    }

    /// <summary>Waits until this gate says so of a gate, and gives what it says.</summary>
    public async Task<FleetGate> WaitForAsync(string gate, FleetGateState state, PolicyPosition? seen = null)
    {
        FleetStatus? status = null;
        await Eventually.TrueAsync(
            async () => (status = await Fleet.ReadAsync()).Gates.Any(other => other.Name == gate && other.State == state && (seen is null || other.Seen == seen)),
            Bound,
            () => $"{string.Join(", ", status!.Gates)} {status.Error}");
        return status!.Gates.Single(other => other.Name == gate);
    }

    public async Task UntilAsync(Func<bool> condition) => await Eventually.TrueAsync(() => Task.FromResult(condition()), Bound, () => $"{Gatekeeper.Status} {Gatekeeper.InForce.Rules.Count}");

    public Task<HealthReport> CheckHealthAsync() => _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _host.StopAsync().WithinBounds();
            await ((IAsyncDisposable)_host).DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<GateHost> StartAsync(
        string name, string urls, string folder, Action<FleetOptions>? configure, (string Key, string Value)[] settings, Action<IMapiGateBuilder> configureGate)
    {
        var log = new RecordingLogger();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.AddProvider(log);
        builder.AddMapiGateFleet(options =>
        {
            (options.Servers, options.Gate) = (urls, name);
            configure?.Invoke(options);
        });
        var clock = new AheadClock();
        builder.Services.AddSingleton<TimeProvider>(clock);
        configureGate(builder.Services.AddMapiGate(builder.Configuration));
        builder.Services.AddHealthChecks().AddMapiGate();
        var host = builder.Build();
        await host.StartAsync().WithinBounds();
        return new GateHost(host, log, clock);
    }
}
