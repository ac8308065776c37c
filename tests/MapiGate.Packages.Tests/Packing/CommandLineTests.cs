using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.Packing;

/// <summary><c>mapigate</c> as people get it: by the dotnet tool, and as one file for a machine that has no .NET.</summary>
[Collection(Builds.Name)]
public sealed class CommandLineTests(PackedPackages packed) : IDisposable
{
    private static readonly SourcePackage Cli = new("MapiGate.Cli");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mapigate-");

    [Fact]
    public async Task Tool_InstalledFromItsPackage_Runs()
    {
        var package = await packed.Pack(Cli);

        var installed = await Command.Run("dotnet", "tool", "install", Cli.Name, "--tool-path", _folder.FullName, "--source", package.Folder, "--prerelease");

        installed.ExitCode.Should().Be(0, installed.ToString());
        await ShouldRunAsync(Path.Combine(_folder.FullName, "mapigate"));
    }

    [Fact]
    public async Task SelfContained_IsOneFile_AndRuns()
    {
        var published = await Command.Build("publish", Cli.ProjectFile, "--runtime", ThisRuntime.Name, "--self-contained", "-p:PublishSingleFile=true", "-p:DebugType=none", "--output", _folder.FullName);

        published.ExitCode.Should().Be(0, published.ToString());
        await ShouldRunAsync(_folder.GetFiles().Single().FullName);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task ShouldRunAsync(string program)
    {
        var run = await Command.Run(program, "--help");
        run.ExitCode.Should().Be(0, run.ToString());
        run.Output.Should().Contain("mapigate block OUTLOOK.EXE");
    }
}
