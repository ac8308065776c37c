using System.Runtime.CompilerServices;
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
    private volatile Dictionary<string, string?> _lastGood;
    private int _failures;
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

    /// <summary>Changes when the file fails to load, and again when its last good values stand there once more.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>
    /// Whether values are gone and nobody has said so yet. Either the provider has emptied itself and fails this very
    /// moment, or it is about to announce a file that says less; <c>changed</c> is called in both cases.
    /// </summary>
    public bool IsTorn => _lastGood.Keys.Any(key => !_provider.TryGet(key, out _));

    public void Dispose()
    {
        _subscription.Dispose();
        _provider.Source.OnLoadException = _outerHandler;
    }

    private void OnLoadException(FileLoadExceptionContext context)
    {
        // The innermost says the most: for JSON, the line.
        RestoreLastGood(context.Exception.GetBaseException().Message);
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

        // To the provider a folder is a file that was deleted. Nobody deletes a policy so: container engines make a folder
        // where a file they were to mount is missing.
        if (_provider.Source is { FileProvider: { } files, Path: { } path } && files.GetDirectoryContents(path).Exists)
        {
            RestoreLastGood("It is a folder.");
        }
        else
        {
            _lastGood = ReadSection();
            _error = null;
        }

        _changed();
    }

    private void RestoreLastGood(string reason)
    {
        Interlocked.Increment(ref _failures);
        SetData(_provider, new Dictionary<string, string?>(_lastGood, StringComparer.OrdinalIgnoreCase));
        Interlocked.Increment(ref _failures);
        _error = $"{_provider.Source.Path} cannot be read: {reason} Repair the file; what it said before stays in force.";
    }

    // Protected, and the one way to put the values back at one stroke: Set changes a dictionary that others are reading, and
    // the thread of another source's signal would fail on it.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Data")]
    private static extern void SetData(ConfigurationProvider provider, IDictionary<string, string?> data);

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
