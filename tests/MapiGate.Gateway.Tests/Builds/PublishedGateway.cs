using System.Diagnostics;
using System.Text.RegularExpressions;
using MapiGate.Gateway.Tests.Docs;

namespace MapiGate.Gateway.Tests.Builds;

/// <summary>The self-contained builds, each made once by the command of docs/gateway.md.</summary>
internal static partial class PublishedGateway
{
    // Far beyond a publish on a slow, shared machine: a bound, not an expectation.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private static readonly string[] TestRunners = ["MSBUILD", "CORECLR_", "COR_", "CODE_COVERAGE_", "MICROSOFT_INSTRUMENTATION"];

    private static readonly Lazy<Task<string>> LinuxBuild = new(() => PublishAsync("linux-x64"));

    private static readonly Lazy<Task<string>> WindowsBuild = new(() => PublishAsync("win-x64"));

    /// <summary>The folder of the build for Linux.</summary>
    public static Task<string> LinuxAsync() => LinuxBuild.Value;

    /// <summary>The folder of the build for Windows.</summary>
    public static Task<string> WindowsAsync() => WindowsBuild.Value;

    private static async Task<string> PublishAsync(string runtime)
    {
        var command = GatewayDocument.Blocks(GatewayDocument.Text, "sh").Single(block => block.StartsWith("dotnet publish", StringComparison.Ordinal) && block.Contains(runtime, StringComparison.Ordinal)).Trim();

        // Apart from bin, obj and what somebody has published, which another build may be using at this moment.
        var artifacts = Path.Combine(GatewayDocument.Root, "artifacts", "gateway-tests", runtime);
        var output = Path.Combine(artifacts, "output");
        var start = new ProcessStartInfo("dotnet", [
            .. Output().Replace(command, output).Split(' ')[1..], "--verbosity", "quiet", "--disable-build-servers", "-p:UseArtifactsOutput=true", $"-p:ArtifactsPath={artifacts}"])
        {
            WorkingDirectory = GatewayDocument.Root,
            RedirectStandardOutput = true,
        };

        // The test runner's build settings are not this build's, and its profiler has no business in what a test starts.
        foreach (var name in start.Environment.Keys.Where(name => TestRunners.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(name);
        }

        using var publish = Process.Start(start)!;
        var said = publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync().WaitAsync(Bound);
        publish.ExitCode.Should().Be(0, "{0}", await said);
        return output;
    }

    [GeneratedRegex(@"(?<=--output )\S+")]
    private static partial Regex Output();
}
