using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MapiGate;

/// <summary>
/// Reads the options from a configuration section. Written out rather than bound, so that a value that cannot be read
/// is reported with its key and its fix, together with all others, and so that no reflection is needed.
/// </summary>
internal sealed class ConfigurationReader(IConfiguration section) : IConfigureOptions<MapiGateOptions>
{
    public void Configure(MapiGateOptions options)
    {
        Read(nameof(MapiGateOptions.DisableMapiClientProcesses), options, value => options.DisableMapiClientProcesses = value);
        ReadEnum<ClientAdmission>(nameof(MapiGateOptions.ClientsWithoutProcessName), options, value => options.ClientsWithoutProcessName = value);
    }

    private void Read(string key, MapiGateOptions options, Action<string> set)
    {
        var entry = section.GetSection(key);
        if (entry.GetChildren().Any())
        {
            // Read as no value at all, a list here would block nothing and say nothing.
            options.ReadErrors.Add($"{entry.Path} is a list or an object; write one text, as in \"program1.exe; program2.exe\".");
        }
        else if (entry.Value is { } value)
        {
            set(value);
        }
    }

    private void ReadEnum<T>(string key, MapiGateOptions options, Action<T> set)
        where T : struct, Enum
    {
        Read(key, options, value =>
        {
            // By name only: Enum.TryParse would take any number too.
            if (Enum.GetNames<T>().FirstOrDefault(name => name.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase)) is { } name)
            {
                set(Enum.Parse<T>(name));
            }
            else if (value.Length > 0)
            {
                options.ReadErrors.Add($"{section.GetSection(key).Path} is \"{value}\"; write {string.Join(" or ", Enum.GetNames<T>())}.");
            }
        });
    }
}
