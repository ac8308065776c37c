namespace MapiGate;

/// <summary>What one sweep through the table found and took out.</summary>
internal sealed record SweepResult(long Examined, IReadOnlyList<SessionBatch> Batches, Task Completion)
{
    public long Disconnected { get; } = Batches.Sum(batch => (long)batch.Count);
}
