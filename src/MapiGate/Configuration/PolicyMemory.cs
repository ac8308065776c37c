using System.Text.Json;
using System.Text.Json.Nodes;

namespace MapiGate;

/// <summary>
/// Keeps the policy in force, and what is held, in a file, so that a restart neither lets a held change through nor fails
/// on what cannot be read.
/// </summary>
internal sealed class PolicyMemory(string path)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    private string? _saved;

    public string Path => path;

    /// <summary>Reads what was kept; nothing when nothing was.</summary>
    /// <param name="problem">Why it cannot be read; <see langword="null"/> when it can, or when there is nothing.</param>
    public RememberedPolicy? Load(out string? problem)
    {
        problem = null;
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            var root = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("It is not an object.");
            var document = root["Document"]?.ToJsonString() ?? throw new JsonException("It has no Document.");
            if (!PolicyDocument.TryRead(document, out var options, out var error))
            {
                throw new JsonException(error);
            }

            foreach (var own in Names(root["OwnProcesses"]))
            {
                options.OwnProcesses.Add(own);
            }

            var (policy, errors) = OptionsReader.Read(options);
            return policy is null ? throw new JsonException(string.Join(' ', errors)) : new RememberedPolicy(
                policy,
                root["Withdrawn"]?.GetValue<string>(),
                ReadHold(root["Held"]),
                ReadHold(root["HeldAtBeginning"]),
                Names(root["Waiting"]).ToHashSet(StringComparer.OrdinalIgnoreCase));
        }
#pragma warning disable CA1031 // Whatever is wrong with it, the gate starts without it, and says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            problem = $"{path} cannot be read: {e.Message} {SetAside()}";
            return null;
        }
    }

    /// <summary>Writes what is to be kept, unless that is there already.</summary>
    /// <returns>Why it cannot be written; <see langword="null"/> when it was.</returns>
    public string? Save(RememberedPolicy now)
    {
        try
        {
            var policy = now.Policy;
            var text = new JsonObject
            {
                ["Fingerprint"] = policy.Fingerprint,
                ["Document"] = JsonNode.Parse(policy.Written.Document),
                ["OwnProcesses"] = Names(policy.Written.OwnProcesses),
                ["Withdrawn"] = now.Withdrawn,
                ["Held"] = WriteHold(now.Held),
                ["HeldAtBeginning"] = WriteHold(now.HeldAtBeginning),
                ["Waiting"] = Names(now.Waiting),
            }.ToJsonString(Format);
            if (text != _saved)
            {
                var whole = System.IO.Path.GetFullPath(path);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(whole)!);
                DurableFile.Replace(whole, text);
                _saved = text;
            }

            return null;
        }
#pragma warning disable CA1031 // A full disk, a missing right, a folder in its place: the gate goes on, and says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"{path} cannot be written: {e.Message} A restart will begin from an older policy; make room, or give the right to write there.";
        }
    }

    // It is written anew soon, and somebody may still want to see what stood in it.
    private string SetAside()
    {
        try
        {
            File.Move(path, $"{path}.unreadable", overwrite: true);
            return $"It is kept as {path}.unreadable, and the gate began without it.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "The gate began without it.";
        }
    }

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];

    private static IEnumerable<string> Names(JsonNode? names) => (names as JsonArray ?? []).Select(name => name!.GetValue<string>());

    private static JsonObject? WriteHold(PolicyHold? hold) => hold is null ? null : new JsonObject
    {
        ["Fingerprint"] = hold.Fingerprint,
        ["Disconnects"] = hold.Disconnects,
        ["Sessions"] = hold.Sessions,
        ["Limit"] = hold.Limit,
        ["Since"] = hold.Since,
    };

    private static PolicyHold? ReadHold(JsonNode? held) => held is null ? null : new PolicyHold
    {
        Fingerprint = held["Fingerprint"]!.GetValue<string>(),
        Disconnects = held["Disconnects"]!.GetValue<long>(),
        Sessions = held["Sessions"]!.GetValue<long>(),
        Limit = held["Limit"]!.GetValue<string>(),
        Since = held["Since"]!.GetValue<DateTimeOffset>(),
    };
}
