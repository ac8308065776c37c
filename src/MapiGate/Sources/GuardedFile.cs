using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace MapiGate;

/// <summary>One configuration file, whose last good values in one section outlive a reload that fails.</summary>
internal sealed class GuardedFile : IDisposable
{
    private readonly FileConfigurationProvider _provider;
    private readonly string _sectionPath;
    private readonly Action _changed;
    private readonly Action<FileLoadExceptionContext>? _outerHandler;
    private readonly IDisposable _subscription;
    private Dictionary<string, string?> _lastGood;
    private bool _failureWasIgnored;
    private volatile string? _error;

    public GuardedFile(FileConfigurationProvider provider, string sectionPath, Action changed)
    {
        _provider = provider;
        _sectionPath = sectionPath;
        _changed = changed;
        _lastGood = ReadSection();
        _outerHandler = provider.Source.OnLoadException;
        provider.Source.OnLoadException = OnLoadException;
        _subscription = ChangeToken.OnChange(provider.GetReloadToken, OnReloaded);
    }

    public string? Error => _error;

    public void Dispose()
    {
        _subscription.Dispose();
        _provider.Source.OnLoadException = _outerHandler;
    }

    private void OnLoadException(FileLoadExceptionContext context)
    {
        foreach (var (key, value) in _lastGood)
        {
            _provider.Set(key, value);
        }

        // The innermost says the most: for JSON, the line.
        _error = $"{_provider.Source.Path} cannot be read: {context.Exception.GetBaseException().Message} Repair the file; what it said before stays in force.";
        _outerHandler?.Invoke(context);

        // The provider goes on to announce a reload only when somebody chose to ignore the failure.
        _failureWasIgnored = context.Ignore;
        _changed();
    }

    private void OnReloaded()
    {
        if (_failureWasIgnored)
        {
            _failureWasIgnored = false;
            return;
        }

        _lastGood = ReadSection();
        if (_error is not null)
        {
            _error = null;
            _changed();
        }
    }

    private Dictionary<string, string?> ReadSection()
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Collect(_sectionPath);
        return values;

        void Collect(string path)
        {
            if (_provider.TryGet(path, out var value))
            {
                values[path] = value;
            }

            foreach (var key in _provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                Collect(ConfigurationPath.Combine(path, key));
            }
        }
    }
}
