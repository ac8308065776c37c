namespace MapiGate;

/// <summary>What one sweep through the table found and took out.</summary>
internal readonly record struct SweepResult(long Examined, long Disconnected, IReadOnlyList<SessionBatch> Batches, Task Completion)
{
    public static SweepResult Nobody(long examined) => new(examined, 0, [], Task.CompletedTask);
}
