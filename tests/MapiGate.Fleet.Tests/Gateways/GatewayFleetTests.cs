using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport.Processes;
using Xunit.Abstractions;

namespace MapiGate.Fleet.Tests.Gateways;

/// <summary>Two gateways before the sample host, configured as docs/fleet.md says, and nothing else.</summary>
public sealed class GatewayFleetTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Blocking = """{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe" } }""";

    // From the document's own time to the end of a client's session, beside whatever else this machine does.
    private static readonly TimeSpan UntilCut = TimeSpan.FromSeconds(5);

    // The servers are silent for fifteen seconds before anybody is alarmed.
    private static readonly TimeSpan UntilNoticed = TimeSpan.FromSeconds(60);

    private FleetRights _rights = null!;
    private NatsCluster _cluster = null!;
    private StoreServer _server = null!;
    private FleetGateway _first = null!;
    private FleetGateway _second = null!;

    public async Task InitializeAsync()
    {
        if (!NatsServer.IsInstalled)
        {
            return;
        }

        _rights = await FleetRights.CreateAsync("gate-1", "gate-2");
        _cluster = await NatsCluster.StartAsync(1, _rights);
        _server = await StoreServer.StartAsync();

        // The document's own; and the file that comes with the program, with the rest on the command line.
        var settings = JsonNode.Parse(FleetDocument.Blocks("json").Single())!;
        (settings["Gateway"]!["Server"], settings["Fleet"]!["Servers"]) = (_server.Url.ToString(), _cluster.Urls);
        settings["Gateway"]!.AsObject().Remove("CertificateFile");
        foreach (var key in (string[])["NKeySeedFile", "AdministratorNKeySeedFile"])
        {
            settings["Fleet"]![key] = _rights.SeedFileOf(Path.GetFileNameWithoutExtension(settings["Fleet"]![key]!.GetValue<string>()));
        }

        settings["Fleet"]!["CertificateAuthorityFile"] = _rights.AuthorityFile;
        _first = new FleetGateway(settings);
        _second = new FleetGateway(
            JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(BuiltProgram.GatewayFolder, "gateway.json")))!,
            "--Gateway:Server", _server.Url.ToString(), "--Fleet:Servers", _cluster.Urls, "--Fleet:Gate", "gate-2",
            "--Fleet:NKeySeedFile", _rights.SeedFileOf("gate-2"), "--Fleet:CertificateAuthorityFile", _rights.AuthorityFile);
        await _first.StartAsync();
        await _first.WaitForLineAsync("Made the fleet's buckets");
        await _second.StartAsync();
    }

    public Task DisposeAsync()
    {
        _second?.Dispose();
        _first?.Dispose();
        _server?.Dispose();
        _cluster?.Dispose();
        _rights?.Dispose();
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task OneApply_CutsAtBothGateways_WhichGoOnWithoutTheServers_OverARestart()
    {
        NatsServer.SkipIfMissing();
        await SaysAsync(_first, "gate-2", "SYNCED");
        using var outlook = _second.Client("--process", "OUTLOOK.EXE");
        RunningClient[] blocked = [_first.Client("--process", "program1.exe", "--user", "johndoe"), _second.Client("--process", "program1.exe", "--user", "johndoe")];
        try
        {
            await Task.WhenAll([outlook.WaitForAsync("mailboxOpen"), .. blocked.Select(client => client.WaitForAsync("mailboxOpen"))]);

            (await _first.RunAsync(FleetDocument.Commands("mapigate apply"), Blocking)).Should().Contain("In force in 2 of 2 gates.");

            var written = DateTimeOffset.Parse((await _first.GetAsync("policy/history"))[0]!["time"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
            foreach (var client in blocked)
            {
                var cut = await client.WaitForAsync("cut");
                output.WriteLine($"Cut {(cut.Time - written).TotalMilliseconds:0} ms after the document was written.");
                (cut.Time - written).Should().BeLessThan(UntilCut);
                (await client.WaitForAsync("refused")).Code.Should().Be("0x4DF");
            }
        }
        finally
        {
            Array.ForEach(blocked, client => client.Dispose());
        }

        await _cluster.Servers[0].KillAsync();

        await SaysAsync(_first, "gate-1", "STALE");
        await IsStaleAsync();
        outlook.Events.Should().NotContain(line => line.Event == "cut");

        // Where it was, with nothing but what it has on its own disk.
        _second.Kill();
        await _second.StartAsync();
        await IsStaleAsync();

        _cluster.Servers[0].Start();
        await SaysAsync(_second, "gate-2", "SYNCED");
    }

    // The gateway without an administrator's seed: it says how long it has been alone, is ready, and judges as before.
    private async Task IsStaleAsync()
    {
        using var refused = _second.Client("--process", "program1.exe", "--once");
        using var let = _second.Client("--process", "OUTLOOK.EXE", "--once");
        (await refused.WaitForExitAsync()).Should().Be(1);
        (await let.WaitForExitAsync()).Should().Be(0);
        (await IsDegradedAsync()).Should().Contain("The fleet has not been in touch since").And.Contain("Document 1.1").And.Contain("stays in force");
        (await SaysAsync(_second, "gate-2", "STALE"))["ageSeconds"]!.GetValue<double>().Should().BePositive();
    }

    // Its health is looked after every few seconds. Clients may come all the while.
    private async Task<string> IsDegradedAsync()
    {
        var said = "";
        await Eventually.TrueAsync(
            async () =>
            {
                (var status, said) = await _second.GetHealthAsync("/readyz");
                status.Should().Be(200);
                return said.StartsWith("Degraded", StringComparison.Ordinal);
            },
            UntilNoticed,
            () => said);
        return said;
    }

    private static async Task<JsonNode> SaysAsync(FleetGateway asked, string gate, string state)
    {
        JsonNode? said = null;
        await Eventually.TrueAsync(
            async () =>
            {
                said = (await asked.GetAsync("gates")).AsArray().SingleOrDefault(other => other!["name"]!.GetValue<string>() == gate);
                return said?["state"]!.GetValue<string>() == state;
            },
            UntilNoticed,
            () => $"It says {said}");
        return said!;
    }
}
