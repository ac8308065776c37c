using MapiGate.Fleet.Tests.Processes;
using MapiGate.Fleet.Tests.Servers;
using NATS.Client.Core;

namespace MapiGate.Fleet.Tests.Rights;

/// <summary>One server with the rights of docs/fleet.md, two gates' keys, and both buckets.</summary>
public sealed class GuardedFleet : IAsyncLifetime
{
    private const string Chief = "gate-3";

    private GateProcess? _chief;

    internal NatsCluster Cluster { get; private set; } = null!;

    internal FleetRights Rights { get; private set; } = null!;

    internal NatsConnection Owner { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!NatsServer.IsInstalled)
        {
            return;
        }

        Rights = await FleetRights.CreateAsync("gate-1", "gate-2", Chief);
        Cluster = await NatsCluster.StartAsync(1, Rights);
        Owner = Connect(FleetRights.Owner);

        // It makes the buckets.
        _chief = new GateProcess(Chief, Cluster, Rights, mayOrder: true);
        await _chief.StartAsync();
        await _chief.WaitForLineAsync("Made the fleet's buckets");
    }

    public async Task DisposeAsync()
    {
        if (NatsServer.IsInstalled)
        {
            await Owner.DisposeAsync();
            _chief?.Dispose();
            Cluster.Dispose();
            Rights.Dispose();
        }
    }

    internal NatsConnection Connect(string name) => new(Rights.OptionsOf(name, Cluster.Urls));
}
