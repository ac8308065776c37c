using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>
/// Watches over the configuration files a policy may come from. A file that fails to reload is emptied by its provider,
/// which then tells nobody: the next signal from any other source would find an empty policy and let everybody in.
/// </summary>
internal sealed class FileSourceGuard : IDisposable
{
    private readonly List<GuardedFile> _files;

    public FileSourceGuard(IConfiguration? configuration, string sectionPath)
    {
        _files = [.. FindFiles(configuration).Distinct().Select(provider => new GuardedFile(provider, sectionPath, () => Changed?.Invoke()))];
    }

    /// <summary>A file has loaded, or failed to load and has its last good values again.</summary>
    public event Action? Changed;

    /// <summary>What is wrong with the files; <see langword="null"/> when nothing is.</summary>
    public string? Error
    {
        get
        {
            var errors = _files.Select(file => file.Error).OfType<string>().ToList();
            return errors.Count == 0 ? null : string.Join(" ", errors);
        }
    }

    /// <summary>To be compared with what it is after the configuration was read: unequal, what was read may be torn.</summary>
    public long Failures => _files.Sum(file => (long)file.Failures);

    /// <summary>Whether a file's values are gone this very moment; <see cref="Changed"/> comes when that has been put right.</summary>
    public bool IsTorn => _files.Exists(file => file.IsTorn);

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static IEnumerable<FileConfigurationProvider> FindFiles(IConfiguration? configuration)
    {
        foreach (var provider in (configuration as IConfigurationRoot)?.Providers ?? [])
        {
            if (provider is FileConfigurationProvider file)
            {
                yield return file;
            }
            else if (provider is ChainedConfigurationProvider chained)
            {
                foreach (var nested in FindFiles(chained.Configuration))
                {
                    yield return nested;
                }
            }
        }
    }
}
