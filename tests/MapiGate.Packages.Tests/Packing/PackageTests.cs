using MapiGate.Packages.Tests.Dependencies;
using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.Packing;

[Collection(Builds.Name)]
public class PackageTests(PackedPackages packed)
{
    public static TheoryData<string> Packages => SourcePackage.Libraries;

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Package_Packed_HoldsTheLibraryItsDocsReadmeAndLicence(string name)
    {
        var package = await packed.Pack(new SourcePackage(name));

        package.Files.Should().Contain([$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md"]);
        package.Readme.Should().Be("README.md");
        package.License.Should().Be("MIT");

        // What NuGet writes for a package whose author wrote nothing.
        package.Description.Should().NotBeNullOrWhiteSpace().And.NotBe("Package Description");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Package_Packed_CanBeDebugged(string name)
    {
        var package = await packed.Pack(new SourcePackage(name));

        package.SymbolFiles.Should().Contain($"lib/net10.0/{name}.pdb");
        if (RepositoryRoot.IsGitCheckout)
        {
            package.Commit.Should().MatchRegex("^[0-9a-f]{40}$", "it leads from a symbol to its source");
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Package_Packed_BringsAlongNothingButWhatTheDesignAllows(string name)
    {
        var package = await packed.Pack(new SourcePackage(name));

        package.Dependencies.Where(dependency => !AllowedDependencies.Of(name).Allows(dependency)).Should().BeEmpty();
    }

    [Fact]
    public async Task CommandLine_Packed_IsATool()
    {
        var package = await packed.Pack(new SourcePackage("MapiGate.Cli"));

        package.Files.Should().Contain(["tools/net10.0/any/MapiGate.Cli.dll", "tools/net10.0/any/DotnetToolSettings.xml", "README.md"]);
    }
}
