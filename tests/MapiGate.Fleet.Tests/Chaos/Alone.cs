namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Tests that measure: beside others they would measure those, too.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
