using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>Tells which configuration source each setting came from: where two name the same one, the later source wins.</summary>
internal sealed class SettingOrigins(IConfiguration? configuration, string sectionPath)
{
    /// <summary>The sources and the settings that each gives; empty when there are none, or the sources are not known.</summary>
    public string Describe() => configuration is IConfigurationRoot root ? Describe(root) : string.Empty;

    private string Describe(IConfigurationRoot root) => string.Join(
        "; ",
        from setting in root.GetSection(sectionPath).AsEnumerable(makePathsRelative: true)
        where setting.Value is not null
        let path = ConfigurationPath.Combine(sectionPath, setting.Key)
        group setting.Key by Name(root.Providers.LastOrDefault(provider => provider.TryGet(path, out _))) into source
        select $"{string.Join(", ", source)} from {source.Key}");

    // A file by its whole path: who edits another one of the same name finds out here.
    private static string? Name(IConfigurationProvider? provider) =>
        provider is FileConfigurationProvider { Source: { FileProvider: { } files, Path: { } path } }
            ? files.GetFileInfo(path).PhysicalPath ?? path
            : provider?.ToString();
}
