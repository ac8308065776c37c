using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.House;

public class ForeignStateTests
{
    public static TheoryData<string> Packages => SourcePackage.Names;

    [Theory]
    [MemberData(nameof(Packages))]
    public void NoFileUnderSrc_ReachesIntoTheStateOfAnothersClass(string name) =>
        new SourcePackage(name).SourceFiles
            .Where(file => File.ReadAllText(file) is var text && (text.Contains("UnsafeAccessor", StringComparison.Ordinal) || text.Contains("BindingFlags.NonPublic", StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))
            .Should().BeEmpty();
}
