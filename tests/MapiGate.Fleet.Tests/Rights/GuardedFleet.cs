using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport;
using NATS.Client.Core;
using NATS.Net;

namespace MapiGate.Fleet.Tests.Rights;

/// <summary>One server with the rights of docs/fleet.md, two gates' keys, and both buckets.</summary>
public sealed class GuardedFleet : IAsyncLifetime
{
    internal NatsCluster Cluster { get; private set; } = null!;

    internal FleetRights Rights { get; private set; } = null!;

    internal NatsConnection Owner { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!NatsServer.IsInstalled)
        {
            return;
        }

        Rights = await FleetRights.CreateAsync("gate-1", "gate-2");
        Cluster = await NatsCluster.StartAsync(1, Rights);
        Owner = Connect(FleetRights.Owner);
        var buckets = Owner.CreateKeyValueStoreContext();
        await buckets.CreateStoreAsync("mapigate-policy").AsTask().WithinBounds();
        await buckets.CreateStoreAsync("mapigate-gates").AsTask().WithinBounds();
    }

    public async Task DisposeAsync()
    {
        if (NatsServer.IsInstalled)
        {
            await Owner.DisposeAsync();
            Cluster.Dispose();
            Rights.Dispose();
        }
    }

    internal NatsConnection Connect(string name) => new(Rights.OptionsOf(name, Cluster.Urls));
}
