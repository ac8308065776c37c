using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MapiGate;

/// <summary>
/// The last documents of a policy file, a file each in a folder beside it. An entry is written before the document and
/// counts when the document is in place, so that neither is ever there without the other for good.
/// </summary>
internal sealed class PolicyHistory(string path)
{
    private const int Most = 100;
    private const string Pending = ".pending";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    private readonly string _folder = $"{path}.history";

    public bool IsEmpty => Numbers().Count == 0;

    /// <summary>The entries, the newest first. One that cannot be read is left out.</summary>
    public IReadOnlyList<PolicyHistoryEntry> Read() => [.. Numbers().OrderDescending().Select(number => ReadEntry(Name(number))).OfType<PolicyHistoryEntry>()];

    /// <summary>Writes an entry of a document that is about to be put in place.</summary>
    public void Announce(string document, string author, string reason, DateTimeOffset now) => Write(document, author, reason, now, isByHand: false, Pending);

    /// <summary>The document is in place.</summary>
    public void Complete()
    {
        foreach (var pending in PendingFiles())
        {
            DurableFile.Move(pending, pending[..^Pending.Length]);
        }

        foreach (var number in Numbers().OrderDescending().Skip(Most))
        {
            DurableFile.TryDelete(Name(number));
        }
    }

    /// <summary>The document will not be put in place.</summary>
    public void GiveUp()
    {
        foreach (var pending in PendingFiles())
        {
            DurableFile.TryDelete(pending);
        }
    }

    /// <summary>
    /// Brings the history to the document as it is: finishes what a killed writer began, and notes a document that was not
    /// written here. Only who holds the lock may call it.
    /// </summary>
    public void CatchUp(StoredPolicy now, DateTimeOffset time)
    {
        if (PendingFiles().Any(pending => ReadEntry(pending)?.Version == now.Version))
        {
            Complete();
        }
        else
        {
            GiveUp();
        }

        if (now.Version != PolicyFile.Absent && FindNewest()?.Version != now.Version)
        {
            Write(now.Document, string.Empty, IsEmpty ? "Found when the history began." : "Edited by hand, not through the store.", time, isByHand: true, suffix: string.Empty);
            Complete();
        }
    }

    private PolicyHistoryEntry? FindNewest() => Numbers() is { Count: > 0 } numbers ? ReadEntry(Name(numbers.Max())) : null;

    private void Write(string document, string author, string reason, DateTimeOffset now, bool isByHand, string suffix)
    {
        Directory.CreateDirectory(_folder);
        var number = Numbers().DefaultIfEmpty().Max() + 1;
        DurableFile.Replace(Name(number) + suffix, new JsonObject
        {
            ["Number"] = number,
            ["Version"] = PolicyFile.VersionOf(document),
            ["Author"] = author,
            ["Reason"] = reason,
            ["Time"] = now,
            ["IsByHand"] = isByHand,
            ["Document"] = document,
        }.ToJsonString(Format));
    }

    private string Name(long number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{number:D8}.json"));

    private List<long> Numbers() => Directory.Exists(_folder)
        ? [.. Directory.EnumerateFiles(_folder, "*.json").Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0)]
        : [];

    private string[] PendingFiles() => Directory.Exists(_folder) ? Directory.GetFiles(_folder, $"*{Pending}") : [];

    private static PolicyHistoryEntry? ReadEntry(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) is not JsonObject entry ? null : new PolicyHistoryEntry
            {
                Number = entry["Number"]!.GetValue<long>(),
                Version = entry["Version"]!.GetValue<string>(),
                Author = entry["Author"]?.GetValue<string>() ?? string.Empty,
                Reason = entry["Reason"]?.GetValue<string>() ?? string.Empty,
                Time = entry["Time"]!.GetValue<DateTimeOffset>(),
                IsByHand = entry["IsByHand"]?.GetValue<bool>() ?? false,
                Document = entry["Document"]!.GetValue<string>(),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return null;
        }
    }
}
