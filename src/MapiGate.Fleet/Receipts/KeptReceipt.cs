namespace MapiGate.Fleet;

/// <summary>A receipt as the servers keep it.</summary>
/// <param name="Key">The gate's name as a key: what its rights let it write.</param>
/// <param name="Receipt">What it says; <see langword="null"/> when that cannot be read.</param>
/// <param name="Revision">Rises with every receipt of whatever gate.</param>
/// <param name="Time">When it came, by the server's clock.</param>
internal sealed record KeptReceipt(string Key, GateReceipt? Receipt, ulong Revision, DateTimeOffset Time)
{
    public PolicyPosition Seen => Receipt is null ? PolicyPosition.None : new(Receipt.SeenEpoch, Receipt.SeenGeneration);
}
