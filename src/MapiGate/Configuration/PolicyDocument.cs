using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>Writes options as the document that an administrator could have written, and reads it back.</summary>
internal static class PolicyDocument
{
    private const string Root = "MapiGate";

    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(MapiGateOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteStartObject(Root);
            Text(PolicyKeys.DisableMapiClientProcesses, options.DisableMapiClientProcesses);
            Text(PolicyKeys.DisableMapiClients, options.DisableMapiClients);
            Text(PolicyKeys.ClientsWithoutProcessName, Choice(options.ClientsWithoutProcessName));
            Text(PolicyKeys.ClientsWithoutVersion, Choice(options.ClientsWithoutVersion));
            Text(PolicyKeys.Mode, Choice(options.Mode));
            Named(PolicyKeys.Rules, options.Rules, rule =>
            {
                Conditions(rule.Process, rule.Version, rule.Mailbox, rule.User, rule.Address, rule.From, rule.Until, rule.Reason);
                Text(nameof(rule.Message), rule.Message);
                Text(nameof(rule.Mode), Choice(rule.Mode));
            });
            Named(PolicyKeys.Exemptions, options.Exemptions, exemption =>
                Conditions(exemption.Process, exemption.Version, exemption.Mailbox, exemption.User, exemption.Address, exemption.From, exemption.Until, exemption.Reason));
            json.WriteStartObject(PolicyKeys.ReportOnly);
            Text(PolicyKeys.DisableMapiClientProcesses, options.ReportOnly.DisableMapiClientProcesses);
            Text(PolicyKeys.DisableMapiClients, options.ReportOnly.DisableMapiClients);
            json.WriteEndObject();
            if (options.MaxDisconnects is { } most)
            {
                json.WriteNumber(PolicyKeys.MaxDisconnects, most);
            }

            if (options.MaxDisconnectPercent is { } percent && double.IsFinite(percent))
            {
                json.WriteNumber(PolicyKeys.MaxDisconnectPercent, percent);
            }

            Text(PolicyKeys.ConfirmChange, options.ConfirmChange);
            json.WriteEndObject();
            json.WriteEndObject();

            void Text(string key, string? value)
            {
                if (!string.IsNullOrWhiteSpace(value))
                {
                    json.WriteString(key, value);
                }
            }

            void Named<T>(string key, IEnumerable<KeyValuePair<string, T>> entries, Action<T> write)
            {
                json.WriteStartObject(key);
                foreach (var (name, entry) in entries.Where(entry => entry.Value is not null))
                {
                    json.WriteStartObject(name);
                    write(entry);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            void Conditions(string? process, string? version, string? mailbox, string? user, string? address, DateTimeOffset? from, DateTimeOffset? until, string? reason)
            {
                Text(nameof(RuleOptions.Process), process);
                Text(nameof(RuleOptions.Version), version);
                Text(nameof(RuleOptions.Mailbox), mailbox);
                Text(nameof(RuleOptions.User), user);
                Text(nameof(RuleOptions.Address), address);
                Text(nameof(RuleOptions.From), from?.ToString("O"));
                Text(nameof(RuleOptions.Until), until?.ToString("O"));
                Text(nameof(RuleOptions.Reason), reason);
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);

        static string? Choice<T>(T value)
            where T : struct, Enum =>
            value.Equals(default(T)) ? null : value.ToString();
    }

    /// <summary>Reads a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">What it says; <see langword="null"/> when it is not JSON.</param>
    /// <param name="error">Why it cannot be read.</param>
    public static bool TryRead(string document, [NotNullWhen(true)] out MapiGateOptions? options, [NotNullWhen(false)] out string? error)
    {
        (options, error) = (null, null);
        try
        {
            using var json = JsonDocument.Parse(document);
            var values = new Dictionary<string, string?>();
            Flatten(json.RootElement, path: string.Empty, values);
            var section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(Root);
            options = new MapiGateOptions();
            new ConfigurationReader(section).Configure(options);
            return true;
        }
        catch (JsonException e)
        {
            error = e.Message;
            return false;
        }
    }

    private static void Flatten(JsonElement element, string path, Dictionary<string, string?> values)
    {
        switch (element.ValueKind)
        {
            // A rule that states nothing is a rule all the same, as it is to a file of configuration.
            case JsonValueKind.Object when !element.EnumerateObject().Any():
                values[path] = null;
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Flatten(property.Value, path.Length == 0 ? property.Name : ConfigurationPath.Combine(path, property.Name), values);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    Flatten(item, ConfigurationPath.Combine(path, index.ToString(System.Globalization.CultureInfo.InvariantCulture)), values);
                }

                break;
            default:
                values[path] = element.ValueKind == JsonValueKind.Null ? null : element.ToString();
                break;
        }
    }
}
