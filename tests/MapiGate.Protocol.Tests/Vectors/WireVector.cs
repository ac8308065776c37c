using System.Text.Json;

namespace MapiGate.Protocol.Tests.Vectors;

/// <summary>One line of wire.jsonl: bytes, and what they mean.</summary>
internal sealed record WireVector(string Name, string Kind, byte[] Bytes, JsonElement Json)
{
    /// <summary>The error to report; None for bytes that can be read.</summary>
    public WireError Error => Json.TryGetProperty("error", out JsonElement error)
        ? Enum.Parse<WireError>(error.GetString()!)
        : WireError.None;

    public int SizeActual => Json.GetProperty("sizeActual").GetInt32();

    public AuxiliaryWarnings Warnings => Json.TryGetProperty("warnings", out JsonElement warnings)
        ? warnings.EnumerateArray().Aggregate(AuxiliaryWarnings.None, (all, w) => all | Enum.Parse<AuxiliaryWarnings>(w.GetString()!))
        : AuxiliaryWarnings.None;

    public string? Header(string name) =>
        Json.TryGetProperty("headers", out JsonElement headers) && headers.TryGetProperty(name, out JsonElement value)
            ? value.GetString()
            : null;

    public bool Expects(string name) => Json.GetProperty("expect").TryGetProperty(name, out _);

    public string? Text(string name) => Json.GetProperty("expect").GetProperty(name).GetString();

    public long Number(string name) => Json.GetProperty("expect").GetProperty(name).GetInt64();

    public string[] Texts(string name) =>
        [.. Json.GetProperty("expect").GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    public uint[] Numbers(string name) =>
        [.. Json.GetProperty("expect").GetProperty(name).EnumerateArray().Select(e => e.GetUInt32())];
}
