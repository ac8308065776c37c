using System.Text.Json;

namespace MapiGate.Fleet;

/// <summary>What a gate says of itself.</summary>
internal sealed record GateReceipt
{
    /// <summary>No fleet gets so far. A gate that says it did lies, and would leave no number for the next document.</summary>
    public const long Beyond = 1L << 53;

    /// <summary>The gate's name, as an administrator wrote it.</summary>
    public required string Gate { get; init; }

    /// <summary>Names this run of the gate, so that two of one name are found out.</summary>
    public required string Run { get; init; }

    public required long SeenEpoch { get; init; }

    public required long SeenGeneration { get; init; }

    public required long AppliedEpoch { get; init; }

    public required long AppliedGeneration { get; init; }

    public required GateReceiptState State { get; init; }

    /// <summary>Why it is held or rejected, or what else is in force; empty when the document is.</summary>
    public required string Reason { get; init; }

    /// <summary>The policy in force.</summary>
    public required string Fingerprint { get; init; }

    public required long Revision { get; init; }

    public required long Disconnected { get; init; }

    public required long Sessions { get; init; }

    /// <summary>Since when it is so, by the gate's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    public required string ProgramVersion { get; init; }

    /// <summary>Whether another gate writes receipts by the same name.</summary>
    public bool IsNameShared { get; init; }

    private bool IsPossible =>
        new[] { SeenEpoch, SeenGeneration, AppliedEpoch, AppliedGeneration, Revision, Disconnected, Sessions }.All(number => number is >= 0 and < Beyond)
        && (AppliedEpoch, AppliedGeneration).CompareTo((SeenEpoch, SeenGeneration)) <= 0;

    /// <summary>Reads what a gate wrote; <see langword="null"/> when that is no receipt, or none that can be true.</summary>
    public static GateReceipt? TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, GateReceiptJson.Default.GateReceipt) is { IsPossible: true } receipt ? receipt : null;
        }
        catch (JsonException)
        {
            // A gate of another version, or no gate.
            return null;
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, GateReceiptJson.Default.GateReceipt);
}
