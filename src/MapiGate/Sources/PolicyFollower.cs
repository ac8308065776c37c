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
    private readonly IOptionsFactory<MapiGateOptions> _options;
    private readonly ILogger _logger;
    private readonly FileSourceGuard _files;
    private readonly SettingOrigins _origins;
    private readonly List<IDisposable> _subscriptions = [];
    private OptionsPolicy _followed;
    private OptionsPolicy? _held;
    private string? _toldOrigins;

    public PolicyFollower(
        IOptionsFactory<MapiGateOptions> options,
        IOptionsMonitor<MapiGateOptions> monitor,
        IEnumerable<IOptionsChangeTokenSource<MapiGateOptions>> sources,
        FileSourceGuard files,
        SettingOrigins origins,
        ILogger<Gatekeeper> logger,
        TimeProvider? timeProvider = null,
        IMeterFactory? meterFactory = null)
    {
        _options = options;
        _logger = logger;
        _files = files;
        _origins = origins;
        _followed = Read();
        Gatekeeper = new Gatekeeper(_followed, timeProvider, logger, meterFactory);

        // Listen before looking again, so that no change falls between.
        _files.Changed += Follow;
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
        Log.PolicyInForce(_logger, PolicyDifference.List(_followed.Rules));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _files.Changed -= Follow;
        _subscriptions.ForEach(subscription => subscription.Dispose());
    }

    private static string? Join(IEnumerable<string?> errors) =>
        string.Join(' ', errors.OfType<string>()) is { Length: > 0 } text ? text : null;

    private OptionsPolicy Read() => (OptionsPolicy)ConnectionPolicy.FromOptions(_options.Create(Options.DefaultName));

    private void Follow()
    {
        lock (_following)
        {
            try
            {
                // Another source may signal at the moment when a file that cannot be read has been emptied by its provider.
                // What is read then is nobody's policy. The file's own signal follows, and this is done anew.
                var failures = _files.Failures;
                var options = _options.Create(Options.DefaultName);
                var policy = (OptionsPolicy)ConnectionPolicy.FromOptions(options);
                if (_files.IsTorn || _files.Failures != failures)
                {
                    return;
                }

                Take(policy);
                LogOrigins();
                Gatekeeper.Report(Join([_files.Error, .. options.SourceErrors.Values]));
            }
#pragma warning disable CA1031 // Whatever a source or a configure action throws, the policy in force stays.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Gatekeeper.Report(e is OptionsValidationException invalid ? string.Join(" ", invalid.Failures) : e.Message);
            }
        }
    }

    private void Take(OptionsPolicy policy)
    {
        if (policy.HasSameRulesAs(_followed))
        {
            Gatekeeper.Unhold();
            _held = null;
        }
        else if (!policy.HasSameRulesAs(_held) || policy.Fuse != _held?.Fuse)
        {
            // A change that is held stays so until it or its limits are written anew, even when sessions have left since:
            // it must not go off on some later day because a file was touched.
            var isHeld = Gatekeeper.Apply(policy).Held is not null;
            _held = isHeld ? policy : null;
            _followed = isHeld ? _followed : policy;
        }
    }

    private void LogOrigins()
    {
        if (_origins.Describe() is { Length: > 0 } origins && Interlocked.Exchange(ref _toldOrigins, origins) != origins)
        {
            Log.SettingsRead(_logger, origins);
        }
    }
}
