using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MapiGate.Fleet;

/// <summary>Reads the section, and says of each value that can't be used its key, the value and what to write instead.</summary>
internal static class FleetOptionsReader
{
    private static readonly Dictionary<string, Action<FleetOptions, string>> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(FleetOptions.Servers)] = (options, text) => options.Servers = text,
        [nameof(FleetOptions.Gate)] = (options, text) => options.Gate = text,
        [nameof(FleetOptions.CredentialsFile)] = (options, text) => options.CredentialsFile = text,
        [nameof(FleetOptions.NKeySeedFile)] = (options, text) => options.NKeySeedFile = text,
        [nameof(FleetOptions.AdministratorCredentialsFile)] = (options, text) => options.AdministratorCredentialsFile = text,
        [nameof(FleetOptions.AdministratorNKeySeedFile)] = (options, text) => options.AdministratorNKeySeedFile = text,
        [nameof(FleetOptions.CertificateAuthorityFile)] = (options, text) => options.CertificateAuthorityFile = text,
        [nameof(FleetOptions.ClientCertificateFile)] = (options, text) => options.ClientCertificateFile = text,
        [nameof(FleetOptions.ClientKeyFile)] = (options, text) => options.ClientKeyFile = text,
        [nameof(FleetOptions.DataDirectory)] = (options, text) => options.DataDirectory = text,
    };

    /// <summary>Sets what the section says.</summary>
    /// <returns>Everything in it that is no setting.</returns>
    public static IEnumerable<string> Read(IConfigurationSection section, FleetOptions options)
    {
        var failures = new List<string>();
        foreach (var child in section.GetChildren())
        {
            if (child.Key.Equals(nameof(FleetOptions.Replicas), StringComparison.OrdinalIgnoreCase))
            {
                options.Replicas = int.TryParse(child.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas) ? replicas : -1;
                if (options.Replicas < 0)
                {
                    failures.Add($"{child.Path} is \"{child.Value}\"; write 1, 3 or 5, or leave it out.");
                    options.Replicas = 0;
                }
            }
            else if (!Texts.TryGetValue(child.Key, out var set) || child.Value is null)
            {
                failures.Add($"{child.Path} is no setting of the fleet; take it out, or use one of {string.Join(", ", Texts.Keys)}, {nameof(FleetOptions.Replicas)}, each with one text.");
            }
            else if (child.Value.Trim() is { Length: > 0 } text)
            {
                set(options, text);
            }
        }

        return failures;
    }
}
