namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Tests that watch the clock: beside others they would time those, too.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
