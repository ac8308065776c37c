using System.Text.Json;

namespace MapiGate.Protocol.Tests.Vectors;

/// <summary>The fixtures of wire.jsonl, by kind and by name.</summary>
internal static class WireVectors
{
    public static IReadOnlyDictionary<string, WireVector> All { get; } = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "wire.jsonl"))
        .Select(Parse)
        .ToDictionary(v => v.Name);

    /// <summary>The names, for a theory: its cases are then known by them.</summary>
    public static TheoryData<string> Names(params string[] kinds) =>
        [.. All.Values.Where(v => kinds.Contains(v.Kind)).Select(v => v.Name)];

    public static TheoryData<string> Readable(string kind) =>
        [.. All.Values.Where(v => v.Kind == kind && v.Error == WireError.None).Select(v => v.Name)];

    public static TheoryData<string> Unreadable(string kind) =>
        [.. All.Values.Where(v => v.Kind == kind && v.Error != WireError.None).Select(v => v.Name)];

    private static WireVector Parse(string line)
    {
        JsonElement json = JsonDocument.Parse(line).RootElement;
        return new WireVector(
            json.GetProperty("name").GetString()!,
            json.GetProperty("kind").GetString()!,
            Convert.FromHexString(json.GetProperty("hex").GetString()!),
            json);
    }
}
