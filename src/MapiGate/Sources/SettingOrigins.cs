using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>Tells which configuration source each setting came from: where two name the same one, the later source wins.</summary>
internal sealed class SettingOrigins(IConfiguration? configuration, string sectionPath)
{
    /// <summary>A line for each setting: its key and its source. Empty when the sources are not known.</summary>
    public IReadOnlyList<string> Describe() =>
        configuration is IConfigurationRoot root ? [.. Describe(root)] : [];

    private IEnumerable<string> Describe(IConfigurationRoot root) =>
        from setting in root.GetSection(sectionPath).GetChildren()
        where setting.Value is not null
        let provider = root.Providers.Last(provider => provider.TryGet(setting.Path, out _))
        select $"{setting.Key} from {provider}";
}
