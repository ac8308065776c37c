using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace MapiGate.Registry;

/// <summary>
/// Shows the registry's values as configuration, and tells the gate what is wrong with them until it is repaired.
/// </summary>
/// <remarks>
/// It looks when it is loaded, when the key signals a change, and at every poll; looks follow one another, and listeners
/// hear of a look only when it found something else than the one before.
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed class RegistryPolicyProvider : IConfigurationProvider, IPolicySource, IDisposable
{
    private readonly Lock _looking = new();
    private readonly ReloadSignal _reloaded = new();
    private readonly RegistryPolicyOptions _options;
    private readonly RegistryLocation _location;
    private readonly RegistryPolicyReader _reader;
    private RegistryWatcher? _watcher;
    private ITimer? _poll;
    private RegistryReading _reading = RegistryReading.Empty;
    private ConfigurationSnapshot _found = ConfigurationSnapshot.Empty;
    private volatile IReadOnlyList<string> _errors = [];
    private volatile IReadOnlyList<string> _notes = [];
    private volatile ConfigurationSnapshot _shown = ConfigurationSnapshot.Empty;
    private bool _isDisposed;

    public RegistryPolicyProvider(RegistryPolicyOptions options)
    {
        _options = options;
        _location = new RegistryLocation(options.KeyPath);
        _reader = new RegistryPolicyReader(_location);
    }

    public string? Error => _errors is { Count: > 0 } errors ? string.Join(' ', errors) : null;

    public IReadOnlyList<string> Notes => _notes;

    public void Load()
    {
        StartOnce();
        Look();
    }

    public bool TryGet(string key, out string? value) => _shown.TryGet(key, out value);

    /// <summary>Shows another value until the registry changes; the registry itself is not written.</summary>
    public void Set(string key, string? value)
    {
        lock (_looking)
        {
            _shown = _shown.With(key, value);
        }
    }

    public IChangeToken GetReloadToken() => _reloaded.Token;

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
        earlierKeys.Concat(_shown.ChildrenOf(parentPath));

    public void Dispose()
    {
        lock (_looking)
        {
            _isDisposed = true;
            _poll?.Dispose();
            _watcher?.Dispose();
        }
    }

    public override string ToString() => $"Registry {_location}";

    private void StartOnce()
    {
        lock (_looking)
        {
            if (_poll is not null || _isDisposed)
            {
                return;
            }

            // Watching begins before the first look, so that no change falls between.
            if (_options.WatchForChanges)
            {
                _watcher = new RegistryWatcher(_location, Look);
                _watcher.Start();
            }

            _poll = _options.TimeProvider.CreateTimer(_ => Poll(), null, _options.PollInterval, _options.PollInterval);
        }
    }

    private void Poll()
    {
        Look();
        if (_watcher?.Problem is not null)
        {
            _watcher.Retry();
        }
    }

    private void Look()
    {
        lock (_looking)
        {
            if (_isDisposed)
            {
                return;
            }

            _reading = _reader.Read(_reading);
            var found = Compose();
            IReadOnlyList<string> notes = _watcher?.Problem is { } problem
                ? [.. _reading.Notes, $"Changes of {_location} are found by the poll every {_options.PollInterval} alone, because {problem}."]
                : _reading.Notes;
            if (found.HasSameValuesAs(_found) && _reading.Errors.SequenceEqual(_errors) && notes.SequenceEqual(_notes))
            {
                return;
            }

            (_errors, _notes) = (_reading.Errors, notes);
            _found = found;
            _shown = found;
        }

        // Outside the lock: a listener may well wait for someone who reads or disposes.
        _reloaded.Raise();
    }

    private ConfigurationSnapshot Compose() =>
        new(_reading.Texts.ToDictionary(text => ConfigurationPath.Combine(_options.Section, text.Key), text => (string?)text.Value));
}
