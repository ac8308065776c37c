using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace MapiGate;

/// <summary>
/// Owns the container's gatekeeper and keeps its policy following the options. What cannot be used is reported and
/// changes nothing; the next change is heard all the same.
/// </summary>
/// <remarks>
/// It listens to <see cref="IOptionsMonitor{TOptions}"/> and to the monitor's own sources: when a reload is not valid
/// the monitor throws on a thread of nobody's, never calls back, and has already dropped the value it had. And it takes
/// every signal as no more than a reason to look: one edit of a file may signal twice.
/// </remarks>
internal sealed class PolicyFollower : IHostedService, IDisposable
{
    private readonly Lock _following = new();
    private readonly PolicyReader _reader;
    private readonly IReadOnlyList<FollowedConfiguration> _configurations;
    private readonly List<IDisposable> _subscriptions = [];
    private readonly PolicyMemory? _memory;
    private readonly SerialQueue _remembering = new();
    private string? _origins;

    public PolicyFollower(
        IOptionsFactory<MapiGateOptions> options,
        IOptionsMonitor<MapiGateOptions> monitor,
        IEnumerable<IOptionsChangeTokenSource<MapiGateOptions>> sources,
        IReadOnlyList<FollowedConfiguration> configurations,
        PolicyMemory? memory,
        ILogger<Gatekeeper> logger,
        TimeProvider? timeProvider,
        IMeterFactory? meterFactory)
    {
        _configurations = configurations;
        _reader = new PolicyReader(options, configurations);
        _memory = memory;
        var problem = default(string);
        var remembered = memory?.Load(out problem);
        var reading = _reader.Read();
        Gatekeeper = new Gatekeeper(
            remembered?.Policy ?? reading.Policy ?? throw new OptionsValidationException(Options.DefaultName, typeof(MapiGateOptions), reading.Errors),
            timeProvider,
            logger,
            meterFactory);
        Begin(remembered, reading.Policy);
        if (memory is not null)
        {
            Gatekeeper.Changer.Warn(problem);
            Gatekeeper.Changer.StateChanged += () => _remembering.Post(Remember);
        }

        // Listen before looking again, so that no change falls between.
        foreach (var file in configurations.SelectMany(configuration => configuration.Files))
        {
            file.Changed += Follow;
        }

        _subscriptions.AddRange(sources
            .Where(source => string.IsNullOrEmpty(source.Name))
            .Select(source => ChangeToken.OnChange(source.GetChangeToken, Follow)));
        if (monitor.OnChange((_, _) => Follow()) is { } subscription)
        {
            _subscriptions.Add(subscription);
        }

        Follow();
    }

    public Gatekeeper Gatekeeper { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Gatekeeper.Reporter.AtStart(Gatekeeper.InForce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var file in _configurations.SelectMany(configuration => configuration.Files))
        {
            file.Changed -= Follow;
        }

        _subscriptions.ForEach(subscription => subscription.Dispose());
        Gatekeeper.Dispose();
        _remembering.Drain(TimeSpan.FromSeconds(2));
    }

    private void Begin(RememberedPolicy? remembered, RulePolicy? written)
    {
        Gatekeeper.Changer.FollowFrom(remembered?.Policy ?? written);
        if (remembered is null)
        {
            return;
        }

        Gatekeeper.Reporter.Remembered(remembered.Policy.Fingerprint, _memory!.Path);
        if (remembered.Held is { } hold && written?.Fingerprint == hold.Fingerprint && written.Written.Limits.ConfirmedFingerprint != hold.Fingerprint)
        {
            Gatekeeper.Changer.HoldAgain(written, hold);
        }
    }

    private void Follow()
    {
        lock (_following)
        {
            var reading = _reader.Read();
            if (ReferenceEquals(reading, PolicyReading.InBetween))
            {
                return;
            }

            if (reading.Policy is not null)
            {
                Gatekeeper.Changer.Follow(reading.Policy);
                LogOrigins(reading.Policy.Written.Sources);
            }

            Gatekeeper.Changer.Report(reading.Error);
        }
    }

    private void LogOrigins(IReadOnlyDictionary<string, string> sources)
    {
        var origins = string.Join("; ", sources.GroupBy(source => source.Value, source => source.Key).Select(source => $"{string.Join(", ", source)} from {source.Key}"));
        if (origins.Length > 0 && origins != _origins)
        {
            _origins = origins;
            Gatekeeper.Reporter.SettingsRead(origins);
        }
    }

    private void Remember()
    {
        if (Gatekeeper.Changer.Snapshot() is ({ } policy, var held))
        {
            Gatekeeper.Changer.Warn(_memory!.Save(policy, held));
        }
    }
}
