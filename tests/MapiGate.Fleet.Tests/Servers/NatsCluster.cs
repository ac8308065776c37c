using MapiGate.Fleet.Tests.Rights;

namespace MapiGate.Fleet.Tests.Servers;

/// <summary>One server with JetStream, or three that keep everything three times, in a folder that is deleted afterwards.</summary>
internal sealed class NatsCluster : IDisposable
{
    private static readonly TimeSpan UntilReady = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("nats-").FullName;

    private NatsCluster(int servers, FleetRights? rights)
    {
        var ports = Ports.Free(servers * 3);
        Servers = [.. Enumerable.Range(0, servers).Select(number =>
            new NatsServer(Path.Combine(_folder, $"nats-{number + 1}"), $"nats-{number + 1}", ports[servers + number], ports[2 * servers + number]))];
        foreach (var (number, server) in Servers.Index())
        {
            rights?.WriteFiles(server.Folder);
            server.Configuration = rights is null ? Plain(server, ports[number], ports[..servers]) : FleetDocument.Configure(server, ports[number], ports[..servers]);
        }
    }

    public IReadOnlyList<NatsServer> Servers { get; }

    /// <summary>All of them, as clients are given them.</summary>
    public string Urls => string.Join(',', Servers.Select(server => server.Url));

    /// <param name="servers">1 or 3.</param>
    /// <param name="rights">With rights and TLS, as docs/fleet.md has it; without, anybody may do anything.</param>
    public static async Task<NatsCluster> StartAsync(int servers = 1, FleetRights? rights = null)
    {
        NatsServer.SkipIfMissing();
        var cluster = new NatsCluster(servers, rights);
        try
        {
            foreach (var server in cluster.Servers)
            {
                server.Start();
            }

            await cluster.WaitUntilReadyAsync();
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Waits until each server that runs says that it is up to date.</summary>
    public async Task WaitUntilReadyAsync() => await Eventually.TrueAsync(
        async () => (await Task.WhenAll(Servers.Where(server => server.IsRunning).Select(server => server.IsHealthyAsync()))).All(healthy => healthy),
        UntilReady,
        () => string.Join('\n', Servers.Select(server => server.Log)));

    /// <summary>The server that orders the writes of a stream, as soon as those that are there have one.</summary>
    public async Task<NatsServer> LeaderAsync(string stream)
    {
        NatsServer? leader = null;
        await Eventually.TrueAsync(
            async () => (leader = await FindLeaderAsync(stream)) is not null,
            UntilReady,
            () => $"{stream} has no leader.");
        return leader!;
    }

    /// <summary>The server that orders the writes of a stream, if all that are there say so now.</summary>
    public async Task<NatsServer?> FindLeaderAsync(string stream)
    {
        var there = Servers.Where(server => server is { IsRunning: true, IsFrozen: false }).ToList();
        var said = await Task.WhenAll(there.Select(server => server.LeadersAsync()));
        return there.Find(server => said.All(leaders => leaders.GetValueOrDefault(stream) == server.Name));
    }

    public void Dispose()
    {
        foreach (var server in Servers)
        {
            server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Plain(NatsServer server, int route, int[] routes) => $$"""
        server_name: {{server.Name}}
        listen: "127.0.0.1:{{server.Port}}"
        http: "{{server.Monitor}}"
        jetstream { store_dir: "{{server.Store}}" }
        """ + (routes.Length == 1 ? "" : $$"""

        cluster { name: fleet, listen: "127.0.0.1:{{route}}", no_advertise: true, routes: [{{string.Join(", ", routes.Select(port => $"\"nats://127.0.0.1:{port}\""))}}] }
        """);
}
