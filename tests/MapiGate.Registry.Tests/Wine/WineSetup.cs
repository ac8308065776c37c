using System.Diagnostics;
using MapiGate.TestSupport;

namespace MapiGate.Registry.Tests.Wine;

/// <summary>
/// A Windows of its own for all tests that need one: a prefix that is thrown away at the end, a server that stays up
/// meanwhile, and programs published for Windows, each once.
/// </summary>
public sealed class WineSetup : IAsyncLifetime
{
    /// <summary>How often a program is started that Wine may not have started.</summary>
    internal const int MostAttempts = 3;

    private static readonly string? Executable = FindOnPath("wine");

    private readonly string _prefix = Directory.CreateTempSubdirectory("mapigate-wine-").FullName;
    private readonly Dictionary<string, string> _published = [];

    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = FindRepository();

    private static bool IsInstalled => Executable is not null;

    /// <summary>Skips the test where there is no Wine. A build server takes that for a failure.</summary>
    public static void SkipIfMissing() => Skip.IfNot(IsInstalled, "This test runs Windows programs: apt-get install wine");

    public async Task InitializeAsync()
    {
        if (IsInstalled)
        {
            // Should these tests be killed, it ends by itself after ten minutes.
            await RunAsync("wineserver", "--persistent=600");
            await RunAsync("wineboot", "--init");
        }
    }

    public async Task DisposeAsync()
    {
        if (IsInstalled)
        {
            await RunAsync("wineserver", "--kill");
            await RunAsync("wineserver", "--wait");
        }

        Directory.Delete(_prefix, recursive: true);
    }

    /// <summary>Publishes a project for Windows, unless that is done, and returns the path of its program.</summary>
    /// <param name="project">The project's folder below the repository's root.</param>
    public async Task<string> PublishAsync(string project)
    {
        var name = Path.GetFileName(project);
        if (!_published.TryGetValue(name, out var program))
        {
            // With folders of its own, it disturbs no build that goes on meanwhile, and a second run has little to do.
            var output = Path.Combine(Repository, "artifacts", "windows");
            await RunAsync(
                "dotnet", "publish", Path.Combine(Repository, project), "--runtime", "win-x64", "--self-contained", "--verbosity", "quiet",
                "--disable-build-servers", "-p:UseArtifactsOutput=true", $"-p:ArtifactsPath={output}");
            program = Path.Combine(output, "publish", name, "release_win-x64", $"{name}.exe");
            _published[name] = program;
        }

        return program;
    }

    /// <summary>How to start a Windows program, or one of Wine's own.</summary>
    public ProcessStartInfo Prepare(string program, params IEnumerable<string> arguments) => PrepareCommand(Executable!, [program, .. arguments]);

    /// <summary>Runs a Windows program to its end, which must be a success.</summary>
    public Task WineAsync(params IEnumerable<string> arguments) => RunAsync(Executable!, arguments);

    private static string? FindOnPath(string name) => Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MapiGate.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No MapiGate.sln above the tests.");
        }

        return folder.FullName;
    }

    private async Task RunAsync(string file, params IEnumerable<string> arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (code, said) = await RunOnceAsync(file, arguments);
            if (code == 0)
            {
                return;
            }

            // Once in some hundred times Wine starts nothing, and says nothing or that it could not.
            var isStarted = said.Length > 0 && !said.Contains("Application could not be started", StringComparison.Ordinal);
            if (isStarted || attempt == MostAttempts)
            {
                throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {code}: {said}");
            }
        }
    }

    private async Task<(int Code, string Said)> RunOnceAsync(string file, IEnumerable<string> arguments)
    {
        var start = PrepareCommand(file, arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));

        // Of one that went well not the end of the streams: what the process leaves behind, a server perhaps, may hold them open.
        return (process.ExitCode, process.ExitCode == 0 ? "" : $"{await output.WithinBounds()}{await errors.WithinBounds()}");
    }

    private ProcessStartInfo PrepareCommand(string file, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments);
        start.Environment["WINEPREFIX"] = _prefix;
        start.Environment["WINEDEBUG"] = "-all";

        // Where its server keeps a folder that it does not take along.
        start.Environment["TMPDIR"] = _prefix;

        // The runtime maps its code twice, once to write and once to execute, and dies under wine when a garbage collection
        // gives such a mapping back ("Internal CLR error" in DynamicResolver).
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";

        // No search for a browser engine, no entries in a desktop's menu.
        start.Environment["WINEDLLOVERRIDES"] = "mshtml=;winemenubuilder.exe=d";
        return start;
    }
}
