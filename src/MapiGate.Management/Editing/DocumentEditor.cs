using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MapiGate.Management;

/// <summary>Edits a policy document as a person would: what is not touched keeps its place. Comments are lost.</summary>
internal sealed class DocumentEditor
{
    private const string Section = "MapiGate";
    private const string Rules = "Rules";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[][] Lists =
    [
        ["DisableMapiClientProcesses"], ["DisableMapiClients"], ["ReportOnly", "DisableMapiClientProcesses"], ["ReportOnly", "DisableMapiClients"],
    ];

    private readonly JsonObject _root;
    private readonly JsonObject _policy;

    public DocumentEditor(string document)
    {
        _root = JsonNode.Parse(document, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject ?? [];
        _policy = Child(_root, Section);
    }

    public override string ToString() => _root.ToJsonString(Format);

    public void ConfirmChange(string fingerprint) => _policy[Key(_policy, "ConfirmChange")] = fingerprint;

    /// <summary>Adds a rule.</summary>
    /// <returns>Its name: the one given, or one made from what it says.</returns>
    public string AddRule(BlockOrder order, DateTimeOffset? until)
    {
        var rules = Child(_policy, Rules);
        var name = string.IsNullOrWhiteSpace(order.Name) ? FreeName(rules, order) : order.Name.Trim();
        var rule = new JsonObject();
        Add("Process", order.Process);
        Add("Version", order.Version);
        Add("Mailbox", order.Mailbox);
        Add("User", order.User);
        Add("Address", order.Address);
        Add("From", order.From?.ToString("O", CultureInfo.InvariantCulture));
        Add("Until", until?.ToString("O", CultureInfo.InvariantCulture));
        Add("Message", order.Message);
        Add("Reason", order.Reason);
        Add("Mode", order.Mode);
        rules[Key(rules, name)] = rule;
        return name;

        void Add(string key, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                rule[key] = value.Trim();
            }
        }
    }

    public bool HasRule(string name) => _policy[Key(_policy, Rules)] is JsonObject rules && rules.Any(rule => rule.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes out the rule of that name, and every entry of a list that is it.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Remove(string name)
    {
        var found = HasRule(name) && Child(_policy, Rules) is var rules && rules.Remove(Key(rules, name));
        foreach (var path in Lists)
        {
            if (path.Length > 1 && _policy[Key(_policy, path[0])] is not JsonObject)
            {
                continue;
            }

            var holder = path.SkipLast(1).Aggregate(_policy, Child);
            var key = Key(holder, path[^1]);
            if (holder[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                var entries = value.GetValue<string>().Split(key.EndsWith("Clients", StringComparison.OrdinalIgnoreCase) ? [';', ','] : [';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                var left = entries.Where(entry => !entry.Trim('"').Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
                if (left.Count < entries.Length)
                {
                    holder[key] = string.Join("; ", left);
                    found = true;
                }
            }
        }

        return found;
    }

    private static string FreeName(JsonObject rules, BlockOrder order)
    {
        var about = order.Process ?? order.User ?? order.Mailbox ?? order.Address ?? order.Version ?? "rule";
        var stem = string.Concat(about.Trim().Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' ? char.ToLowerInvariant(c) : '-')).Trim('-', '.');
        stem = stem.Length == 0 ? "rule" : stem;
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? $"block-{stem}" : string.Create(CultureInfo.InvariantCulture, $"block-{stem}-{i}"))
            .First(name => !rules.Any(rule => rule.Key.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    // Configuration keys compare without case: a second spelling would be a second key.
    private static string Key(JsonObject holder, string key) => holder.Select(property => property.Key).FirstOrDefault(other => other.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;

    private static JsonObject Child(JsonObject holder, string key)
    {
        var known = Key(holder, key);
        if (holder[known] is not JsonObject child)
        {
            holder[known] = child = [];
        }

        return child;
    }
}
