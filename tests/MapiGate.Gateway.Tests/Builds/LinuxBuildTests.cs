using System.Diagnostics;
using System.Text.Json.Nodes;
using MapiGate.Gateway.Tests.Docs;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Builds;

public sealed class LinuxBuildTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("root-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableFact]
    public async Task InstalledAsTheDocumentSays_ItRunsWithoutAnSdk_AndGates()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A build for Linux.");
        using var server = await StoreServer.StartAsync();
        Install(await PublishedGateway.LinuxAsync());
        await EditAsync(server.Url);

        var start = new ProcessStartInfo(Path.Combine(_root, "opt/mapigate/MapiGate.Gateway")) { WorkingDirectory = Path.Combine(_root, "etc/mapigate") };
        start.Environment["DOTNET_ROOT"] = "/nowhere";
        start.Environment["STATE_DIRECTORY"] = Path.Combine(_root, "var/lib/mapigate");
        using var gateway = new ChildProcess(start);
        var url = (await gateway.WaitForLineAsync("clients at")).Split("clients at ")[1].Split(',')[0];
        using var client = new RunningClient(url, "--process", "OUTLOOK.EXE", "--once");
        using var blocked = new RunningClient(url, "--process", "program1.exe", "--once");

        (await client.WaitForExitAsync()).Should().Be(0);
        (await blocked.WaitForExitAsync()).Should().Be(1);
    }

    // By the document's own commands, under a root of the test's.
    private void Install(string build)
    {
        var commands = GatewayDocument.Blocks(GatewayDocument.Text, "sh").Single(block => block.StartsWith("mkdir", StringComparison.Ordinal))
            .Replace("artifacts/gateway/linux-x64", build, StringComparison.Ordinal)
            .Replace(" /", $" {_root}/", StringComparison.Ordinal)
            .Replace($" {_root}{build}", $" {build}", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_root, "etc/systemd/system"));
        using var shell = Process.Start("sh", ["-e", "-c", commands]);
        shell.WaitForExit();
        shell.ExitCode.Should().Be(0);
        File.Exists(Path.Combine(_root, "etc/systemd/system/mapigate.service")).Should().BeTrue();
    }

    // What was installed is edited, as an administrator would.
    private async Task EditAsync(Uri server)
    {
        var path = Path.Combine(_root, "etc/mapigate/gateway.json");
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        settings["Gateway"]!["Server"] = server.ToString();
        settings["Gateway"]!["Listen"] = "http://127.0.0.1:0";
        settings["Gateway"]!["Management"] = "";
        settings["MapiGate"]!["DisableMapiClientProcesses"] = "program1.exe";
        await File.WriteAllTextAsync(path, settings.ToJsonString());
    }
}
