using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.Dependencies;

public class ProjectReferenceTests
{
    public static TheoryData<string> Packages => SourcePackage.Names;

    [Theory]
    [MemberData(nameof(Packages))]
    public void Project_UnderSrc_KnowsOnlyThePackagesBelowIt(string name)
    {
        var package = new SourcePackage(name);
        var references = package.Includes("ProjectReference").Select(path => Path.GetFullPath(Path.Combine(package.Folder, path)));

        // Samples and tests stand outside src: no package may know them.
        references.Should().BeSubsetOf(SourcePackage.All
            .Where(other => AllowedDependencies.Of(name).Allows(other.Name))
            .Select(other => other.ProjectFile));
    }
}
