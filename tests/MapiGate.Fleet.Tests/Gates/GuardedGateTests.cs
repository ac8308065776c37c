using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Upkeep;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>A gate and the rights of docs/fleet.md: what it is denied is seen, and not as a time-out.</summary>
public class GuardedGateTests
{
    [SkippableFact]
    public async Task AGateWithoutAnAdministratorsCredentials_FollowsAndDoesNotWrite()
    {
        Servers.NatsServer.SkipIfMissing();
        using var rights = await FleetRights.CreateAsync("gate-1", "gate-2");
        using var cluster = await Servers.NatsCluster.StartAsync(1, rights);
        using var folder = new TestFolder();
        await using var chief = await GateHost.StartAsync("gate-1", cluster.Urls, folder.Of("1"), options => SetRights(options, rights, "gate-1", mayOrder: true));
        await using var gate = await GateHost.StartAsync("gate-2", cluster.Urls, folder.Of("2"), options => SetRights(options, rights, "gate-2", mayOrder: false));

        (await chief.BlockAsync("bad.exe")).Outcome.Should().Be(PolicyWriteOutcome.Written);

        await gate.UntilAsync(() => !gate.Allows("bad.exe"));
        await chief.WaitForAsync("gate-2", FleetGateState.Synced, new PolicyPosition(1, 1));
        await gate.WaitForAsync("gate-1", FleetGateState.Synced, new PolicyPosition(1, 1));
        (chief.Fleet.MayOrder, gate.Fleet.MayOrder).Should().Be((true, false));
        (await gate.Store.HistoryAsync()).Should().ContainSingle();
        var write = await gate.BlockAsync("other.exe");
        write.Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        write.Errors.Single().Should().Contain("Fleet:AdministratorNKeySeedFile");
        gate.Log.Entries.Should().NotContain(entry => entry.EventId.Name == "ServerRefused");
        chief.Log.Entries.Should().NotContain(entry => entry.EventId.Name == "ServerRefused");
    }

    [SkippableFact]
    public async Task AFleetOfThreeServers_IsRead_EachTimeAnew()
    {
        await using var fleet = await GuardedGates.StartAsync();
        await fleet.BlockAsync("bad.exe");
        foreach (var gate in fleet.Gates)
        {
            await gate.WaitForAsync("gate-1", FleetGateState.Synced);

            // It began before there were buckets, and looks again every few seconds.
            await Servers.Eventually.TrueAsync(async () => (await gate.Fleet.ReadAsync()).Error is null, TimeSpan.FromSeconds(30), () => "It is not in touch.");

            // Beside the server that leads, others answer, which can't.
            for (var time = 0; time < 20; time++)
            {
                (await gate.Fleet.ReadAsync()).Error.Should().BeNull();
            }
        }
    }

    [SkippableFact]
    public async Task AGateThatClaimsAnothersName_IsDenied_AndSaysWhat()
    {
        Servers.NatsServer.SkipIfMissing();
        using var rights = await FleetRights.CreateAsync("gate-1", "gate-2");
        using var cluster = await Servers.NatsCluster.StartAsync(1, rights);
        using var folder = new TestFolder();
        await using var chief = await GateHost.StartAsync("gate-1", cluster.Urls, folder.Of("1"), options => SetRights(options, rights, "gate-1", mayOrder: true));
        await chief.BlockAsync("bad.exe");

        // With the key of another than it says it is.
        await using var gate = await GateHost.StartAsync("gate-2", cluster.Urls, folder.Of("2"), options => SetRights(options, rights, "gate-1", mayOrder: false));

        var refused = await gate.Log.WaitForAsync("ServerRefused");
        refused.Message.Should().Contain("Permissions Violation");
        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error?.Contains("refused", StringComparison.Ordinal) == true);
        (await gate.CheckHealthAsync()).Status.Should().Be(HealthStatus.Degraded);
        (await chief.Fleet.ReadAsync()).Gates.Select(other => other.Name).Should().Equal("gate-1");
    }

    [SkippableFact]
    public async Task WhoElseThereIs_CannotBeRead_AllAreAskedNevertheless_AndThatThereMayBeMoreIsSaid()
    {
        Servers.NatsServer.SkipIfMissing();
        using var rights = await FleetRights.CreateAsync("gate-1", "gate-2");
        rights.Withhold("$JS.API.STREAM.INFO.KV_mapigate-gates");
        using var cluster = await Servers.NatsCluster.StartAsync(1, rights);
        using var folder = new TestFolder();
        await using var chief = await GateHost.StartAsync("gate-1", cluster.Urls, folder.Of("1"), options => SetRights(options, rights, "gate-1", mayOrder: true));
        await using var gate = await GateHost.StartAsync("gate-2", cluster.Urls, folder.Of("2"), options => SetRights(options, rights, "gate-2", mayOrder: false));
        using var session = gate.Logon("bad.exe");

        FleetAnswers<GatePreview>? preview = null;
        await Servers.Eventually.TrueAsync(
            async () => (preview = await chief.Fleet.AskAsync(new PreviewQuestion { Document = Documents.Blocking("bad.exe") })).Answers.ContainsKey("gate-2"),
            TimeSpan.FromSeconds(30),
            () => string.Join(", ", preview!.Missing));

        preview!.Answers["gate-2"].Disconnected.Should().Be(1);
        preview.Missing.Should().ContainSingle().Which.Gate.Should().Be("(others)");
    }

    [SkippableFact]
    public async Task AGateThatMayNotHearOrders_SaysSoForAsLongAsItIsConnected()
    {
        Servers.NatsServer.SkipIfMissing();
        using var rights = await FleetRights.CreateAsync("gate-1");
        rights.Withhold("mapigate.do");
        using var cluster = await Servers.NatsCluster.StartAsync(1, rights);
        using var folder = new TestFolder();
        await using var gate = await GateHost.StartAsync("gate-1", cluster.Urls, folder.Of("1"), options => SetRights(options, rights, "gate-1", mayOrder: true));
        (await gate.Log.WaitForAsync("ServerRefused")).Message.Should().Contain("mapigate.do");

        gate.Clock.Pass(TimeSpan.FromHours(1));

        await gate.WaitForAsync("gate-1", FleetGateState.Synced);
        (await gate.Fleet.ReadAsync()).Error.Should().Contain("refused").And.Contain("mapigate.do");
        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error?.Contains("mapigate.do", StringComparison.Ordinal) == true);

        // The next connection is refused it, too.
        var before = Refusals();
        await cluster.Servers[0].KillAsync();
        cluster.Servers[0].Start();
        await gate.UntilAsync(() => Refusals() > before);
        gate.Clock.Pass(TimeSpan.FromHours(1));
        await Servers.Eventually.TrueAsync(
            async () => (await gate.Fleet.ReadAsync()).Error?.Contains("mapigate.do", StringComparison.Ordinal) == true,
            TimeSpan.FromSeconds(30),
            () => "It is no longer said.");

        int Refusals() => gate.Log.Entries.Count(entry => entry.EventId.Name == "ServerRefused" && entry.Message.Contains("mapigate.do", StringComparison.Ordinal));
    }

    private static void SetRights(FleetOptions options, FleetRights rights, string who, bool mayOrder)
    {
        (options.NKeySeedFile, options.CertificateAuthorityFile) = (rights.SeedFileOf(who), rights.AuthorityFile);
        options.AdministratorNKeySeedFile = mayOrder ? rights.SeedFileOf(FleetRights.Administrator) : string.Empty;
    }
}
