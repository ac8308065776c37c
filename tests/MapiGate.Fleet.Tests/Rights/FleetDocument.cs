using System.Diagnostics;
using System.Text.RegularExpressions;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Fleet.Tests.Rights;

/// <summary>docs/fleet.md: the tests run what stands there.</summary>
internal static partial class FleetDocument
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(BuiltProgram.Root, "docs", "fleet.md"));

    /// <summary>The blocks of one language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string language) =>
        [.. Block().Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    /// <summary>The block of commands that has this in it.</summary>
    public static string Commands(string part) => Blocks("sh").Single(block => block.Contains(part, StringComparison.Ordinal));

    /// <summary>A server's configuration as it stands there, but for what differs here: names, ports and folders.</summary>
    public static string Configure(NatsServer server, int route, int[] routes)
    {
        var text = Blocks("conf").Single(block => block.Contains("jetstream", StringComparison.Ordinal));
        text = routes.Length > 1 ? text : Cluster().Replace(text, string.Empty);
        return Replace(Replace(Replace(text
            .Replace("server_name: nats-1", $"server_name: {server.Name}", StringComparison.Ordinal),
            "0.0.0.0:4222", $"127.0.0.1:{server.Port}"),
            "127.0.0.1:8222", server.Monitor),
            "/var/lib/nats", server.Store)
            .Replace("/etc/nats/", server.Folder + "/", StringComparison.Ordinal)
            .Replace("0.0.0.0:6222", $"127.0.0.1:{route}", StringComparison.Ordinal)
            .Replace("\"nats://nats-1:6222\", \"nats://nats-2:6222\", \"nats://nats-3:6222\"", string.Join(", ", routes.Select(port => $"\"nats://127.0.0.1:{port}\"")), StringComparison.Ordinal);
    }

    /// <summary>Runs commands of the document in a folder; what they print.</summary>
    public static async Task<string> RunAsync(string folder, string commands)
    {
        var start = new ProcessStartInfo("sh", ["-e", "-c", commands]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        shell.ExitCode.Should().Be(0, await error + await output);
        return await output;
    }

    private static string Replace(string text, string old, string @new)
    {
        text.Should().Contain(old);
        return text.Replace(old, @new, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^cluster \{.*?^\}\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Cluster();
}
