using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.PublicApi;

[Collection(Builds.Name)]
public class PublicApiTests
{
    public static TheoryData<string> Packages => SourcePackage.Libraries;

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Build_WhenThePublicApiIsNotTheOneWrittenDown_Fails(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot.Artifacts, "public-api", name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Undeclared.cs"), "/// <summary>Nowhere written down.</summary>\npublic interface Undeclared;\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "PublicAPI.Unshipped.Gone.txt"), "#nullable enable\nGone\n");
        var targets = Path.Combine(folder, "Changed.targets");
        await File.WriteAllTextAsync(targets, $"""
            <Project>
              <ItemGroup Condition="'$(MSBuildProjectName)' == '{name}'">
                <Compile Include="$(MSBuildThisFileDirectory)Undeclared.cs" />
                <AdditionalFiles Include="$(MSBuildThisFileDirectory)PublicAPI.Unshipped.Gone.txt" />
              </ItemGroup>
            </Project>
            """);

        var result = await Command.Build(
            "build", new SourcePackage(name).ProjectFile, "--configuration", "Release", "-p:CustomAfterMicrosoftCommonTargets=" + targets);

        result.ExitCode.Should().NotBe(0);
        result.Output.Should().Contain("error RS0016: Symbol 'Undeclared'").And.Contain("error RS0017: Symbol 'Gone'");
        result.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal))
            .Should().OnlyContain(line => line.Contains("Undeclared", StringComparison.Ordinal) || line.Contains("Gone", StringComparison.Ordinal));
    }
}
