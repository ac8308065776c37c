using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>
/// Reads a policy document strictly: policy keys and nothing else, so that whoever may edit the policy cannot configure the
/// host, and every error at once, with its place.
/// </summary>
internal sealed class PolicyDocumentReader
{
    private const string Section = "MapiGate";

    // What configuration files allow, too.
    private static readonly JsonDocumentOptions Format = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _errors = [];
    private RulePolicy? _policy;

    private PolicyDocumentReader()
    {
    }

    public static PolicyDocumentReading Read(string document)
    {
        var reader = new PolicyDocumentReader();
        try
        {
            using var json = JsonDocument.Parse(document, Format);
            reader.ReadRoot(json.RootElement);
        }
        catch (JsonException e)
        {
            reader._errors.Add(string.Create(CultureInfo.InvariantCulture, $"The document is not JSON at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}; write {{ \"{Section}\": {{ … }} }}. {FirstSentence(e.Message)}"));
        }
        catch (InvalidOperationException)
        {
            // JSON may spell half a character, as "\ud800", which no text can hold: it is found only when it is read.
            reader._errors.Add("The document holds half a character, an escape from \\ud800 to \\udfff without its other half; write the whole one.");
        }

        return new PolicyDocumentReading(reader._values, reader._errors.Count == 0 ? reader._policy : null, reader._errors);
    }

    private void ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            _errors.Add($"The document is {Show(root)}; write an object, {{ \"{Section}\": {{ … }} }}.");
            return;
        }

        foreach (var property in root.EnumerateObject())
        {
            if (!property.Name.Equals(Section, StringComparison.OrdinalIgnoreCase))
            {
                _errors.Add($"{property.Name} is no key of a policy document; remove it. The document holds \"{Section}\" alone.");
            }
            else if (property.Value.ValueKind != JsonValueKind.Object)
            {
                _errors.Add($"{Section} is {Show(property.Value)}; write an object with the policy's keys.");
            }
            else
            {
                Flatten(property.Value, Section);
            }
        }

        if (_errors.Count == 0)
        {
            Check();
        }
    }

    private void Flatten(JsonElement element, string path)
    {
        // Two rules of one name would be fused into one that nobody wrote.
        if (!_seen.Add(path))
        {
            _errors.Add($"{path} is written twice; keep one of the two.");
            return;
        }

        switch (element.ValueKind)
        {
            // A rule that states nothing is a rule all the same, and a finding.
            case JsonValueKind.Object when !element.EnumerateObject().Any():
                _values[path] = null;
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    var child = ConfigurationPath.Combine(path, property.Name);
                    if (property.Name.Length == 0 || property.Name.Contains(':'))
                    {
                        _errors.Add($"{child} is a key without a name, or with a colon; give it another.");
                    }
                    else
                    {
                        Flatten(property.Value, child);
                    }
                }

                break;
            case JsonValueKind.Array:
                _errors.Add($"{path} is a list; write {(path.EndsWith(PolicyKeys.Rules, StringComparison.OrdinalIgnoreCase) || path.EndsWith(PolicyKeys.Exemptions, StringComparison.OrdinalIgnoreCase) ? "an object with a name for each entry, as in { \"old-outlook\": { \"Process\": \"OUTLOOK.EXE\" } }" : "one text, as in \"program1.exe; program2.exe\"")}.");
                break;
            case JsonValueKind.Null:
                break;
            default:
                _values[path] = element.ToString();
                break;
        }
    }

    private void Check()
    {
        var options = new MapiGateOptions();
        new ConfigurationReader(new ConfigurationBuilder().AddInMemoryCollection(_values).Build().GetSection(Section)).Configure(options);
        _errors.AddRange(options.UnknownKeys.Select(key => $"{key} is no key of a policy; remove it, or compare its spelling with the documentation."));
        (_policy, var errors) = OptionsReader.Read(options);
        _errors.AddRange(errors);
    }

    private static string Show(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        _ => $"\"{ClientText.Clean(element.ToString())}\"",
    };

    // What follows repeats the place, and counts from 0.
    private static string FirstSentence(string message) => message.IndexOf(" Path: ", StringComparison.Ordinal) is > 0 and var end ? message[..end]
        : message.IndexOf(" LineNumber: ", StringComparison.Ordinal) is > 0 and var line ? message[..line] : message;
}
