using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapiGate.Fleet;

/// <summary>The document that a fleet follows, as it is kept: by the servers, and by each gate for a start without them.</summary>
internal sealed record FleetDocument
{
    /// <summary>What is there before anything was written.</summary>
    public const string EmptyText = "{ \"MapiGate\": { } }";

    /// <summary>The version of what was never written.</summary>
    public const string Absent = "none";

    public required long Epoch { get; init; }

    public required long Generation { get; init; }

    /// <summary>Names the policy that it makes by itself.</summary>
    public required string Fingerprint { get; init; }

    public required string Text { get; init; }

    public required string Author { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset Time { get; init; }

    [JsonIgnore]
    public PolicyPosition Position => new(Epoch, Generation);

    /// <summary>Names this very document: its position, and a hash of what it says.</summary>
    [JsonIgnore]
    public string Version => $"{Position}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(0, 16))}";

    public static string VersionOf(FleetDocument? document) => document?.Version ?? Absent;

    /// <summary>Reads what is kept.</summary>
    /// <exception cref="InvalidDataException">It is no document.</exception>
    public static FleetDocument Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, FleetJson.Default.FleetDocument) ?? throw new InvalidDataException("What the fleet keeps is no document.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"What the fleet keeps is no document: {e.Message}", e);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, FleetJson.Default.FleetDocument);

    public FleetDocumentInfo Describe() => new(Position, Version, Fingerprint, Author, Reason, Time);
}
