using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
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
internal sealed class PolicyFollower : IPolicyDocumentFollower, IHostedService, IDisposable
{
    private readonly Lock _following = new();
    private readonly PolicyReader _reader;
    private readonly IReadOnlyList<FollowedConfiguration> _configurations;
    private readonly HashSet<ConfigurationFile> _files = [];
    private readonly List<IDisposable> _subscriptions = [];
    private readonly PolicyMemory? _memory;
    private readonly SerialQueue _remembering = new();
    private readonly bool _isRemembered;
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

        // Whoever signals meanwhile waits until there is a gate to change.
        lock (_following)
        {
            var problem = default(string);
            var remembered = memory?.Load(out problem);
            _isRemembered = remembered is not null;
            var reading = ReadAtStart();
            Gatekeeper = new Gatekeeper(
                remembered?.Policy ?? reading.Policy ?? throw new OptionsValidationException(Options.DefaultName, typeof(MapiGateOptions), reading.Errors),
                timeProvider,
                logger,
                meterFactory);
            if (memory is not null)
            {
                Gatekeeper.Changer.Warn(problem);
                Gatekeeper.Changer.StateChanged += () => _remembering.Post(Remember);
            }

            Begin(remembered, IsLost ? null : reading.Policy);

            // Listen before looking again, so that no change falls between.
            _subscriptions.AddRange(sources
                .Where(source => string.IsNullOrEmpty(source.Name))
                .Select(source => ChangeToken.OnChange(source.GetChangeToken, Follow)));
            if (monitor.OnChange((_, _) => Follow()) is { } subscription)
            {
                _subscriptions.Add(subscription);
            }

            Follow();
        }
    }

    public Gatekeeper Gatekeeper { get; }

    // What is remembered is more than what is read without the document that was lost.
    private bool IsLost => _isRemembered && _configurations.Any(configuration => configuration.HasLostDocument);

    public PolicyReceipt? Follow(IConfigurationSource source)
    {
        PolicyReceipt? receipt;
        var provider = FindProvider(source);
        lock (_following)
        {
            // A file's watcher may have been faster, or another source be in between: it follows when it signals.
            receipt = provider.TryTake() ? FollowNow() : null;
        }

        provider.Announce();
        return receipt;
    }

    public PolicyDraft Draft(IConfigurationSource source, string document)
    {
        if (FindObjection(source, document) is { } objection)
        {
            return new PolicyDraft { Errors = objection.Errors };
        }

        PolicyReading reading;
        lock (_following)
        {
            using (FindProvider(source).Show(PolicyDocumentReader.Read(document).Values))
            {
                reading = _reader.Read();
            }
        }

        // What is wrong with a source now is no error of the document that would take its place.
        return reading.Policy is { } policy ? PolicyDraft.Of(policy) : new PolicyDraft { Errors = reading.Errors };
    }

    public PolicyWrite? FindObjection(IConfigurationSource source, string document)
    {
        var reading = PolicyDocumentReader.Read(document);
        if (reading.Errors.Count > 0)
        {
            return new PolicyWrite { Outcome = PolicyWriteOutcome.Invalid, Errors = reading.Errors };
        }

        var provider = FindProvider(source);
        return _configurations.SelectMany(configuration => configuration.FindOverrides(provider, reading.Values)).ToList() is { Count: > 0 } overrides
            ? new PolicyWrite { Outcome = PolicyWriteOutcome.Overridden, Errors = overrides }
            : null;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Gatekeeper.Reporter.AtStart(Gatekeeper.InForce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        lock (_following)
        {
            foreach (var file in _files)
            {
                file.Changed -= Follow;
            }
        }

        _subscriptions.ForEach(subscription => subscription.Dispose());
        Gatekeeper.Dispose();
        _remembering.Drain(TimeSpan.FromSeconds(2));
    }

    private PolicyReading ReadAtStart()
    {
        ListenToFiles();

        // A file that fails to reload at this very moment will have said so in the next.
        var reading = PolicyReading.InBetween;
        SpinWait.SpinUntil(() => !ReferenceEquals(reading = _reader.Read(), PolicyReading.InBetween), TimeSpan.FromSeconds(10));
        return reading;
    }

    private void Begin(RememberedPolicy? remembered, RulePolicy? written)
    {
        if (remembered is null)
        {
            Gatekeeper.Changer.FollowFrom(written, isWithdrawn: false);
            return;
        }

        // What was withdrawn stays so, unless it has been confirmed since; what is written otherwise is news, and takes the
        // place of what was applied by hand.
        var isConfirmed = written is not null && written.Written.Limits.ConfirmedFingerprint == written.Fingerprint;
        var isWithdrawn = written is not null && written.Fingerprint == remembered.Withdrawn && !isConfirmed;
        Gatekeeper.Changer.FollowFrom(isWithdrawn ? written : remembered.Policy, isWithdrawn);
        Gatekeeper.Reporter.Remembered(remembered.Policy.Fingerprint, _memory!.Path);
        if (remembered.Held is { } hold && written?.Fingerprint == hold.Fingerprint && !isConfirmed)
        {
            Gatekeeper.Changer.HoldAgain(written, hold);
        }

        Gatekeeper.Changer.KeepWaiting(remembered.Waiting, remembered.HeldAtBeginning);
    }

    private PolicyDocumentProvider FindProvider(IConfigurationSource source) =>
        _configurations.Select(configuration => configuration.Find(source)).OfType<PolicyDocumentProvider>().FirstOrDefault()
        ?? throw new InvalidOperationException($"{source} is no source of the configuration that the gate follows; call services.AddMapiGate(builder.Configuration).");

    private void Follow()
    {
        lock (_following)
        {
            FollowNow();
        }
    }

    private PolicyReceipt? FollowNow()
    {
        ListenToFiles();
        var reading = _reader.Read();
        if (ReferenceEquals(reading, PolicyReading.InBetween))
        {
            return null;
        }

        PolicyReceipt? receipt = null;
        if (reading.Policy is not null && !IsLost)
        {
            receipt = Gatekeeper.Changer.Follow(reading.Policy);
            LogOrigins(reading.Policy.Written.Sources);
        }

        Gatekeeper.Changer.Report(reading.Error);
        return receipt;
    }

    private void ListenToFiles()
    {
        foreach (var file in _configurations.SelectMany(configuration => configuration.Files))
        {
            if (_files.Add(file))
            {
                file.Changed += Follow;
            }
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
        if (Gatekeeper.Changer.Snapshot() is { } now)
        {
            Gatekeeper.Changer.Warn(_memory!.Save(now));
        }
    }
}
