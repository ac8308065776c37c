namespace MapiGate.Registry.Tests.Wine;

/// <summary>The tests that share one Windows, and so one registry: one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedWine : ICollectionFixture<WineSetup>
{
    public const string Name = "Wine";
}
