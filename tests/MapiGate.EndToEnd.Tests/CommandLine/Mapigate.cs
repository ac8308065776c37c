using System.Diagnostics;
using MapiGate.TestSupport;
using MapiGate.TestSupport.Processes;

namespace MapiGate.EndToEnd.Tests.CommandLine;

/// <summary>Runs <c>mapigate</c> in a process of its own, with no terminal, as a script would.</summary>
internal static class Mapigate
{
    public static Task<MapigateResult> RunAsync(StoreHost host, params string[] arguments) =>
        RunAsync(host, "dotnet", [BuiltProgram.Mapigate, .. arguments]);

    /// <summary>Runs it on a terminal, and types an answer.</summary>
    public static Task<MapigateResult> RunOnATerminalAsync(StoreHost host, string answer, params string[] arguments) =>
        RunAsync(host, "script", ["-qec", string.Join(' ', new[] { "dotnet", BuiltProgram.Mapigate }.Concat(arguments).Select(argument => $"'{argument}'")), "/dev/null"], answer);

    /// <summary>Runs any program that finds <c>mapigate</c> on its path.</summary>
    public static async Task<MapigateResult> RunAsync(StoreHost host, string program, IEnumerable<string> arguments, string? input = null, Action<IDictionary<string, string?>>? with = null)
    {
        using var process = Process.Start(Prepare(host, program, arguments, with))!;
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WithinBounds();
        return new MapigateResult(process.ExitCode, await output, await error);
    }

    public static ProcessStartInfo Prepare(StoreHost host, string program, IEnumerable<string> arguments, Action<IDictionary<string, string?>>? with = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MAPIGATE_URL"] = host.ManagementUrl;
        start.Environment["MAPIGATE_TOKEN_FILE"] = host.TokenFile;
        with?.Invoke(start.Environment);
        return start;
    }
}
