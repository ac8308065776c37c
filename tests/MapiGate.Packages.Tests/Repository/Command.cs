using System.Diagnostics;

namespace MapiGate.Packages.Tests.Repository;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    // Far beyond a publish on a slow, shared machine: a bound, not an expectation.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(10);

    private static readonly string[] TestRunners = ["MSBUILD", "CORECLR_", "COR_", "CODE_COVERAGE_", "MICROSOFT_INSTRUMENTATION"];

    /// <summary>Runs <c>dotnet</c> as a person at the root of the checkout would, building apart from bin and obj.</summary>
    public static Task<CommandResult> Build(string command, params string[] arguments) => Run("dotnet",
    [
        command,
        .. arguments,
        "--nologo",
        "-p:UseArtifactsOutput=true",
        "-p:ArtifactsPath=" + RepositoryRoot.Artifacts,
        // A build node that stays alive keeps the output open, and the test waiting.
        "-nodeReuse:false",
    ]);

    public static async Task<CommandResult> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test runner's build settings are not this build's, and its profiler has no business in what a test starts.
        foreach (var name in start.Environment.Keys.Where(IsTestRunners).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Bound);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new CommandResult($"{program} {string.Join(' ', arguments)}", process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Bound}.");
        }
    }

    private static bool IsTestRunners(string variable) => TestRunners.Any(prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
