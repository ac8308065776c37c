using System.Text.Json.Nodes;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.Registry.Tests.Wine;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Builds;

public sealed class WindowsBuildTests(WineSetup wine) : IClassFixture<WineSetup>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("windows-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task AWindowsProgram_Gates_AndKeepsItsKeys()
    {
        WineSetup.SkipIfMissing();
        using var server = await StoreServer.StartAsync();
        var build = await PublishedGateway.WindowsAsync();
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(build, "gateway.json")))!;
        settings["MapiGate"]!["DisableMapiClientProcesses"] = "program1.exe";
        await File.WriteAllTextAsync(Path.Combine(_folder, "gateway.json"), settings.ToJsonString());
        var data = Path.Combine(_folder, "data");

        using var gateway = new ChildProcess(wine.Prepare(
            Path.Combine(build, "MapiGate.Gateway.exe"), "--contentRoot", _folder, "--Gateway:Server", server.Url.GetLeftPart(UriPartial.Authority),
            "--Gateway:Listen", "http://127.0.0.1:0", "--Gateway:Management", "", "--Gateway:DataDirectory", data));
        var url = (await gateway.WaitForLineAsync("clients at")).Split("clients at ")[1].Split(',')[0];
        using var client = new RunningClient(url, "--process", "OUTLOOK.EXE", "--once");
        using var blocked = new RunningClient(url, "--process", "program1.exe", "--once");

        (await client.WaitForExitAsync()).Should().Be(0);
        (await blocked.WaitForExitAsync()).Should().Be(1);
        Directory.GetFiles(Path.Combine(data, "keys"), "key-*.xml").Should().NotBeEmpty();
        File.Exists(Path.Combine(data, "mapigate.last-applied.json")).Should().BeTrue();
    }
}
