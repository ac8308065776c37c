using Microsoft.Extensions.Configuration.Json;

namespace StoreServiceHost.Logging;

/// <summary>Tells which configuration source each setting of the policy comes from: the last one that has it wins.</summary>
internal static class PolicySources
{
    public static string Describe(IConfigurationRoot configuration, string section)
    {
        var sources = configuration.GetSection(section).AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null)
            .Select(setting => setting.Key)
            .GroupBy(setting => Name(FindProvider(configuration, ConfigurationPath.Combine(section, setting))))
            .Select(source => $"{source.Key} ({string.Join(", ", source)})")
            .ToArray();
        return sources.Length == 0 ? "nowhere: no source has a section " + section : string.Join(" and ", sources);
    }

    private static IConfigurationProvider? FindProvider(IConfigurationRoot configuration, string key) =>
        configuration.Providers.LastOrDefault(provider => provider.TryGet(key, out _));

    private static string? Name(IConfigurationProvider? provider) =>
        provider is JsonConfigurationProvider { Source: { FileProvider: { } files, Path: { } path } }
            ? files.GetFileInfo(path).PhysicalPath
            : provider?.ToString();
}
