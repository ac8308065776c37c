using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>A server, and gates that follow it, each with its management.</summary>
internal sealed class ManagedFleet : IAsyncDisposable
{
    private readonly List<ManagedMember> _members = [];
    private JsonNode? _seen;

    private ManagedFleet(NatsCluster cluster, FleetRights? rights) => (Cluster, Rights) = (cluster, rights);

    public NatsCluster Cluster { get; }

    public FleetRights? Rights { get; }

    public ManagedMember A => _members[0];

    public ManagedMember B => _members[1];

    public ManagedMember C => _members[2];

    /// <summary>Gates a, b and c, any of which may do anything, with a policy that denies nobody.</summary>
    public static async Task<ManagedFleet> StartAsync()
    {
        var fleet = new ManagedFleet(await NatsCluster.StartAsync(), null);
        foreach (var name in new[] { "gate-a", "gate-b", "gate-c" })
        {
            fleet._members.Add(await ManagedMember.StartAsync(name, fleet.Cluster.Urls));
        }

        return await fleet.BeginAsync();
    }

    /// <summary>Gates a, which has an administrator's credentials, and b, which has not; the rights of docs/fleet.md, and a key for gate-c.</summary>
    public static async Task<ManagedFleet> StartWithRightsAsync()
    {
        Servers.NatsServer.SkipIfMissing();
        var rights = await FleetRights.CreateAsync("gate-a", "gate-b", "gate-c");
        var fleet = new ManagedFleet(await NatsCluster.StartAsync(1, rights), rights);
        fleet._members.Add(await ManagedMember.StartAsync("gate-a", fleet.Cluster.Urls, rights, mayOrder: true));
        fleet._members.Add(await ManagedMember.StartAsync("gate-b", fleet.Cluster.Urls, rights));
        return await fleet.BeginAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }

        Cluster.Dispose();
        Rights?.Dispose();
    }

    // Each is known to all, and the document is there: what a test does next is all that happens.
    private async Task<ManagedFleet> BeginAsync()
    {
        await Eventually.TrueAsync(HasFirstDocumentAsync, TimeSpan.FromSeconds(30), () => $"The first document cannot be written. {_seen}");
        foreach (var member in _members)
        {
            await member.WaitForGatesAsync(_members.Count);
        }

        return this;
    }

    private async Task<bool> HasFirstDocumentAsync()
    {
        try
        {
            (var status, _seen) = await A.PutAsync("""{ "MapiGate": { } }""");
            return status == 200;
        }
        catch (HttpRequestException e)
        {
            _seen = JsonValue.Create(e.Message);
            // It has not reached the fleet yet.
            return false;
        }
    }
}
