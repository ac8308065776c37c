namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>A document of the test's that was taken.</summary>
/// <param name="Number">Which of them.</param>
/// <param name="Position">Its epoch and generation, as who wrote it was told.</param>
/// <param name="At">When he was.</param>
internal sealed record WrittenDocument(int Number, PolicyPosition Position, long At);
