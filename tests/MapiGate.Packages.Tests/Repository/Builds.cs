using MapiGate.Packages.Tests.Packing;

namespace MapiGate.Packages.Tests.Repository;

/// <summary>Tests that build. One after another: they share the folder they build in.</summary>
[CollectionDefinition(Name)]
public sealed class Builds : ICollectionFixture<PackedPackages>
{
    public const string Name = "builds";
}
