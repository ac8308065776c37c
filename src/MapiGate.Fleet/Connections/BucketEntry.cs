namespace MapiGate.Fleet;

/// <summary>What stands under a key of a bucket.</summary>
/// <param name="Value">The value; <see langword="null"/> when there is none, or it was deleted.</param>
/// <param name="Revision">What the next write by compare-and-set has to name; 0 when there never was one.</param>
/// <param name="Time">When it was written, by the server's clock.</param>
internal sealed record BucketEntry(byte[]? Value, ulong Revision, DateTimeOffset Time);
