using System.Text.Json;

namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>The bytes of wire.jsonl, good and bad, as seeds.</summary>
internal static class WireVectors
{
    private static readonly ILookup<string, byte[]> ByKind = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "wire.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToLookup(vector => vector.GetProperty("kind").GetString()!, vector => Convert.FromHexString(vector.GetProperty("hex").GetString()!));

    public static byte[][] All { get; } = [.. ByKind.SelectMany(kind => kind)];

    public static byte[][] Of(params string[] kinds) => [.. kinds.SelectMany(kind => ByKind[kind])];
}
