using MapiGate.Fleet.Tests.Gates;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Upkeep;

/// <summary>Three servers with the rights of docs/fleet.md, a gate with an administrator's seed, and one without.</summary>
internal sealed class GuardedGates : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();
    private readonly FleetRights _rights;
    private readonly List<GateHost> _gates = [];

    private GuardedGates(NatsCluster cluster, FleetRights rights) => (Cluster, _rights) = (cluster, rights);

    public NatsCluster Cluster { get; }

    public GateHost Chief => _gates[0];

    public IReadOnlyList<GateHost> Gates => _gates;

    public static async Task<GuardedGates> StartAsync()
    {
        NatsServer.SkipIfMissing();
        string[] names = ["gate-1", "gate-2"];
        var rights = await FleetRights.CreateAsync(names);
        var fleet = new GuardedGates(await NatsCluster.StartAsync(3, rights), rights);
        foreach (var name in names)
        {
            fleet._gates.Add(await GateHost.StartAsync(name, fleet.Cluster.Urls, fleet._folder.Of(name), options =>
            {
                (options.NKeySeedFile, options.CertificateAuthorityFile) = (rights.SeedFileOf(name), rights.AuthorityFile);
                options.AdministratorNKeySeedFile = name == names[0] ? rights.SeedFileOf(FleetRights.Administrator) : "";
            }));
        }

        return fleet;
    }

    /// <summary>Has the fleet refuse these programs, and waits until every gate does.</summary>
    public async Task BlockAsync(params string[] programs)
    {
        await Eventually.TrueAsync(
            async () => (await Chief.BlockAsync(string.Join("; ", programs))).Outcome == PolicyWriteOutcome.Written,
            Bound,
            () => "Nothing can be written.");
        await Eventually.TrueAsync(() => Task.FromResult(_gates.All(gate => !gate.Allows(programs[^1]))), Bound, () => "A gate does not follow.");
    }

    /// <summary>Waits until all gates are SYNCED at this document; meanwhile none may let these programs in.</summary>
    public async Task SyncedAsync(PolicyPosition position, params string[] refused)
    {
        FleetStatus? said = null;
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var gate in _gates)
                {
                    refused.Where(gate.Allows).Should().BeEmpty();
                }

                said = await Chief.Fleet.ReadAsync();
                return said.Error is null && said.Gates.All(gate => gate.State == FleetGateState.Synced && gate.Applied == position);
            },
            Bound,
            () => $"{string.Join(", ", said!.Gates)} {said.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gate in _gates)
        {
            await gate.DisposeAsync();
        }

        Cluster.Dispose();
        _rights.Dispose();
        _folder.Dispose();
    }
}
