using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>A configuration that the policy is read from: its root, since only a root knows its providers, and where in it the policy stands.</summary>
internal sealed class FollowedConfiguration
{
    private readonly IConfigurationRoot _root;
    private readonly string _path;

    public FollowedConfiguration(IConfigurationRoot root, string path) => (_root, _path) = (root, path);

    /// <summary>The files there are now: a root may be given other sources while it is in use.</summary>
    public IReadOnlyList<ConfigurationFile> Files => [.. Providers.OfType<FileConfigurationProvider>().Select(ConfigurationFile.Of)];

    /// <summary>What is wrong with a file, so that nothing that is read now can be trusted; <see langword="null"/> when nothing is.</summary>
    public string? FileError => Join(Files.Select(file => file.Error));

    /// <summary>What providers say is wrong, each of which keeps what it read last; <see langword="null"/> when nothing is.</summary>
    public string? SourceError => Join(Providers.OfType<IPolicySource>().Select(source => source.Error));

    /// <inheritdoc cref="PolicyDocumentProvider.HasLostDocument"/>
    public bool HasLostDocument => Providers.OfType<PolicyDocumentProvider>().Any(provider => provider.HasLostDocument);

    /// <summary>Whether a file's values are gone at this very moment; it signals when that is over.</summary>
    public bool IsTorn => Files.Any(file => file.IsTorn(_path));

    private IEnumerable<IConfigurationProvider> Providers => FindProviders(_root);

    /// <summary>The section of a root that a section is of.</summary>
    /// <exception cref="InvalidOperationException">The section is not one of that root.</exception>
    public static FollowedConfiguration Of(IConfigurationSection section, IConfiguration? registered) =>
        registered is IConfigurationRoot root && IsOf(section, root)
            ? new FollowedConfiguration(root, section.Path)
            : throw new InvalidOperationException(
                $"The configuration section \"{section.Path}\" given to AddMapiGate is not one of the IConfiguration in the container, and does not tell its root, "
                + $"without which a file that cannot be read would look like an empty one. Call services.AddMapiGate(root, \"{section.Path}\") with the root it comes from.");

    /// <summary>All values of the section, to find whether it changed while it was read.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ReadValues() => [.. _root.GetSection(_path).AsEnumerable(makePathsRelative: true)];

    /// <summary>Notes where each value came from, and what providers have to remark.</summary>
    public void Describe(MapiGateOptions options)
    {
        var all = Providers.ToList();
        foreach (var source in all.OfType<IPolicySource>())
        {
            options.SourceNotes.AddRange(source.Notes.Select(note => (source.ToString() ?? source.GetType().Name, note)));
        }

        var origins = ReadValues()
            .Where(setting => setting.Value is not null)
            .Select(setting => (setting.Key, Provider: all.LastOrDefault(provider => provider.TryGet(ConfigurationPath.Combine(_path, setting.Key), out _))))
            .ToList();
        foreach (var entry in origins.GroupBy(origin => EntryOf(origin.Key), StringComparer.OrdinalIgnoreCase))
        {
            var providers = entry.Select(origin => origin.Provider).Distinct().ToList();
            var sources = string.Join(" and ", providers.Select(Name));
            options.Sources[entry.Key] = sources;
            if (providers.Count > 1)
            {
                options.MixedSources.Add((entry.Key, sources));
            }
        }
    }

    /// <summary>The provider that a source of documents has in this configuration; <see langword="null"/> when it is none of its.</summary>
    public PolicyDocumentProvider? Find(IConfigurationSource source) => Providers.OfType<PolicyDocumentProvider>().FirstOrDefault(provider => ReferenceEquals(provider.Source, source));

    /// <summary>What later sources say otherwise of keys of the policy, and win.</summary>
    public IEnumerable<string> FindOverrides(PolicyDocumentProvider provider, IReadOnlyDictionary<string, string?> values)
    {
        var later = Providers.SkipWhile(other => !ReferenceEquals(other, provider)).Skip(1).ToList();
        foreach (var (key, value) in values)
        {
            var winner = later.LastOrDefault(other => other.TryGet(key, out _));
            if (winner is not null && winner.TryGet(key, out var said) && said != value)
            {
                yield return $"{key} is \"{ClientText.Clean(said)}\" by {Name(winner)}, which wins over this document; change it there, or take it out there.";
            }
        }
    }

    private static bool IsOf(IConfigurationSection section, IConfigurationRoot root)
    {
        // A section hands out its root's own token. The root replaces it at each reload, perhaps between the two calls.
        for (var i = 0; i < 3; i++)
        {
            if (ReferenceEquals(section.GetReloadToken(), root.GetReloadToken()))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<IConfigurationProvider> FindProviders(IConfigurationRoot root) =>
        root.Providers.SelectMany(provider => provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot nested }
            ? FindProviders(nested)
            : [provider]);

    // A named rule or exemption is one entry, however many keys it has.
    private static string EntryOf(string key) =>
        key.Split(':') is [var first, var name, ..] && (first.Equals(PolicyKeys.Rules, StringComparison.OrdinalIgnoreCase) || first.Equals(PolicyKeys.Exemptions, StringComparison.OrdinalIgnoreCase))
            ? $"{first}:{name}"
            : key;

    // A file by its whole path: who edits another one of the same name finds out here.
    private static string Name(IConfigurationProvider? provider) =>
        provider is FileConfigurationProvider { Source: { FileProvider: { } files, Path: { } path } }
            ? files.GetFileInfo(path).PhysicalPath ?? path
            : provider?.ToString() ?? "an unknown source";

    private static string? Join(IEnumerable<string?> errors) =>
        string.Join(' ', errors.OfType<string>()) is { Length: > 0 } text ? text : null;
}
