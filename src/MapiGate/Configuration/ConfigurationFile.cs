using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace MapiGate;

/// <summary>
/// Watches over one configuration file. One that fails to reload is emptied by its provider, which then tells nobody: the
/// next signal from any other source would find an empty policy. So whoever follows the file asks here first.
/// </summary>
/// <remarks>
/// There is one for each provider, however many gates follow it, and it stays as long as the provider: nobody's end takes
/// it from the others.
/// </remarks>
internal sealed class ConfigurationFile
{
    private static readonly ConditionalWeakTable<FileConfigurationProvider, ConfigurationFile> OfProviders = [];

    private readonly FileConfigurationProvider _provider;
    private volatile HashSet<string> _announced;
    private volatile string? _error;
    private bool _failureWasIgnored;

    private ConfigurationFile(FileConfigurationProvider provider)
    {
        _provider = provider;
        var others = provider.Source.OnLoadException;
        provider.Source.OnLoadException = context => OnLoadException(context, others);
        ChangeToken.OnChange(provider.GetReloadToken, OnReloaded);

        // It may have failed before, when nobody listened, or somebody chose to ignore it. Reading it once more tells.
        try
        {
            provider.Load();
        }
#pragma warning disable CA1031 // It has been noted by then; any other failure is the provider's to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        _announced = [.. ReadKeys(string.Empty)];
    }

    /// <summary>The file was read, or could not be.</summary>
    public event Action? Changed;

    /// <summary>Why the file cannot be read; <see langword="null"/> while it can.</summary>
    public string? Error => _error;

    public static ConfigurationFile Of(FileConfigurationProvider provider) => OfProviders.GetValue(provider, static provider => new ConfigurationFile(provider));

    /// <summary>
    /// Whether values below a key are gone and nobody has said so yet. Either the provider has emptied itself and fails this
    /// very moment, or it is about to announce a file that says less; <see cref="Changed"/> follows in both cases.
    /// </summary>
    public bool IsTorn(string path) =>
        _announced.Any(key => key.StartsWith(path, StringComparison.OrdinalIgnoreCase) && !_provider.TryGet(key, out _));

    private void OnLoadException(FileLoadExceptionContext context, Action<FileLoadExceptionContext>? others)
    {
        if (!ReferenceEquals(context.Provider, _provider))
        {
            others?.Invoke(context);
            return;
        }

        // The innermost says the most: for JSON, the line.
        Fail(context.Exception.GetBaseException().Message);
        others?.Invoke(context);

        // The provider goes on to announce a reload only when somebody chose to ignore the failure.
        _failureWasIgnored = context.Ignore;
        Changed?.Invoke();
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
            Fail("It is a folder.");
        }
        else
        {
            _announced = [.. ReadKeys(string.Empty)];
            _error = null;
        }

        Changed?.Invoke();
    }

    private void Fail(string reason) =>
        _error = $"{_provider.Source.Path} cannot be read: {reason} Repair the file; what it said before stays in force.";

    private IEnumerable<string> ReadKeys(string path)
    {
        foreach (var key in _provider.GetChildKeys([], path.Length == 0 ? null : path).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var child = path.Length == 0 ? key : ConfigurationPath.Combine(path, key);
            if (_provider.TryGet(child, out _))
            {
                yield return child;
            }

            foreach (var below in ReadKeys(child))
            {
                yield return below;
            }
        }
    }
}
