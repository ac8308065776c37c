using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Processes;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Servers with the rights of docs/fleet.md, gates in processes of their own, and somebody who knocks at each of them all the time.</summary>
internal sealed class RunningFleet : IAsyncDisposable
{
    /// <summary>Within this, each gate that can reach most of the servers has to enforce the newest document.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan UntilWritten = TimeSpan.FromSeconds(60);

    private readonly List<GateWatch> _watches = [];

    private RunningFleet(NatsCluster cluster, FleetRights rights, IReadOnlyList<GateProcess> gates) => (Cluster, Rights, Gates) = (cluster, rights, gates);

    public NatsCluster Cluster { get; }

    public FleetRights Rights { get; }

    /// <summary>The first may write the document.</summary>
    public IReadOnlyList<GateProcess> Gates { get; }

    /// <summary>How many documents were written.</summary>
    public int Written { get; private set; }

    public static async Task<RunningFleet> StartAsync(int servers, int gates, Func<int, string?>? clockOffset = null, int administrators = 1)
    {
        NatsServer.SkipIfMissing();
        string[] names = [.. Enumerable.Range(1, gates).Select(number => $"gate-{number}")];
        var rights = await FleetRights.CreateAsync(names);
        var cluster = await NatsCluster.StartAsync(servers, rights);
        var fleet = new RunningFleet(cluster, rights, [.. names.Select((name, number) => new GateProcess(name, cluster, rights, mayOrder: number < administrators) { ClockOffset = clockOffset?.Invoke(number) })]);
        try
        {
            // The first makes the buckets.
            await fleet.Gates[0].StartAsync();
            await Task.WhenAll(fleet.Gates.Skip(1).Select(gate => gate.StartAsync()));
            fleet._watches.AddRange(fleet.Gates.Select(gate => new GateWatch(gate)));
            await fleet.ApplyAsync();
            await fleet.EnforcedAsync(fleet.Gates);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the next document by the first gate, as an administrator who tries until it is taken.</summary>
    /// <returns>When it was.</returns>
    public async Task<long> ApplyAsync(GateProcess? by = null)
    {
        var document = GateWatch.Document(Written + 1);
        JsonNode? last = null;
        await Eventually.TrueAsync(
            async () =>
            {
                last = await TryWriteAsync(by ?? Gates[0], document);
                return last is null;
            },
            UntilWritten,
            () => $"The last answer was {last}. {(by ?? Gates[0]).LastLines}");
        Written++;
        return TimeProvider.System.GetTimestamp();
    }

    /// <summary>Writes a document over what stands there.</summary>
    /// <returns>Why not; null when it was written.</returns>
    public static async Task<JsonNode?> TryWriteAsync(GateProcess by, string document)
    {
        try
        {
            var policy = await by.GetAsync("policy");
            var (status, answer) = await by.SendAsync(HttpMethod.Put, "policy", new JsonObject { ["document"] = document }, policy["version"]!.GetValue<string>());
            return status is 200 ? null : answer ?? status;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return exception.Message;
        }
    }

    /// <summary>Waits until these gates enforce what was written last. None may take longer than the bound, none may have gone back.</summary>
    public async Task<TimeSpan> EnforcedAsync(IEnumerable<GateProcess> gates, TimeSpan? within = null)
    {
        var watches = gates.Select(gate => _watches[Gates.Index().Single(each => each.Item == gate).Index]).ToList();
        var took = await Eventually.TrueAsync(
            () => Task.FromResult(watches.All(watch => watch.Enforced == Written)),
            within ?? Bound,
            () => $"{Written} were written. Enforced: {string.Join(", ", _watches.Select(watch => watch.Enforced))}\n{Gates[_watches.FindIndex(watch => watch.Enforced != Written)].LastLines}");
        ShouldNeverHaveGoneBack();
        return took;
    }

    public void ShouldNeverHaveGoneBack() => _watches.Select(watch => watch.Fault).OfType<string>().Should().BeEmpty();

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
        {
            await watch.DisposeAsync();
        }

        foreach (var gate in Gates)
        {
            gate.Dispose();
        }

        Cluster.Dispose();
        Rights.Dispose();
    }
}
