using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Processes;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>Servers with the rights of docs/fleet.md, gates in processes of their own, and somebody who knocks at each of them all the time.</summary>
internal sealed class RunningFleet : IAsyncDisposable
{
    /// <summary>Within this, from when it is possible, each gate that can reach most of the servers has to enforce the newest document.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    // Servers that lost their leader take four to nine seconds for each vote, and the first may be a draw.
    private static readonly TimeSpan UntilWritten = TimeSpan.FromSeconds(45);

    private readonly Dictionary<string, GateWatch> _watches = [];
    private readonly List<WrittenDocument> _documents = [];
    private readonly List<Outage> _losses = [];
    private long _possible;

    private RunningFleet(NatsCluster cluster, FleetRights rights, IReadOnlyList<GateProcess> gates) => (Cluster, Rights, Gates) = (cluster, rights, gates);

    public NatsCluster Cluster { get; }

    public FleetRights Rights { get; }

    /// <summary>The first may write the document.</summary>
    public IReadOnlyList<GateProcess> Gates { get; }

    /// <summary>All that were written, in order.</summary>
    public IReadOnlyList<WrittenDocument> Documents => _documents;

    /// <summary>When the servers had lost the document, until the next was written.</summary>
    public IReadOnlyList<Outage> Losses => _losses;

    /// <summary>How many documents were written.</summary>
    public int Written => _documents.Count;

    /// <param name="servers">1 or 3.</param>
    /// <param name="gates">How many gates.</param>
    /// <param name="clockOffset">By how much the clock of each is wrong.</param>
    /// <param name="administrators">How many of the gates may write the document.</param>
    /// <param name="network">A network of its own for the last gate.</param>
    public static async Task<RunningFleet> StartAsync(int servers, int gates, Func<int, string?>? clockOffset = null, int administrators = 1, NetworkNamespace? network = null)
    {
        NatsServer.SkipIfMissing();
        string[] names = [.. Enumerable.Range(1, gates).Select(number => $"gate-{number}")];
        var rights = await FleetRights.CreateAsync(names);
        var cluster = await NatsCluster.StartAsync(servers, rights);
        var fleet = new RunningFleet(cluster, rights, [.. names.Select((name, number) => new GateProcess(name, cluster, rights, mayOrder: number < administrators, number == gates - 1 ? network : null) { ClockOffset = clockOffset?.Invoke(number) })]);
        try
        {
            // The first makes the buckets.
            await fleet.Gates[0].StartAsync();
            await Task.WhenAll(fleet.Gates.Skip(1).Select(gate => gate.StartAsync()));
            foreach (var gate in fleet.Gates)
            {
                fleet._watches.Add(gate.Name, new GateWatch(gate));
            }

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

    /// <summary>
    /// Writes the next document by the first gate, as an administrator who tries until it is taken. It has to be, within the
    /// bound, from when the servers that are left have a leader for both buckets: they say so themselves.
    /// </summary>
    public async Task ApplyAsync()
    {
        var document = GateWatch.Document(Written + 1);
        (PolicyPosition? Position, JsonNode? Why) last = default;
        using var end = new CancellationTokenSource();
        var led = WatchLeadersAsync(end.Token);
        await Eventually.TrueAsync(
            async () =>
            {
                last = await TryWriteAsync(Gates[0], document);
                return last.Position is not null;
            },
            UntilWritten,
            () => $"The last answer was {last.Why}. {Gates[0].LastLines}");
        var now = TimeProvider.System.GetTimestamp();
        await end.CancelAsync();
        _possible = Math.Min(await led, now);
        _losses.ForEach(loss => loss.To ??= now);
        _documents.Add(new WrittenDocument(Written + 1, last.Position!.Value, now));
        TimeProvider.System.GetElapsedTime(_possible, now).Should().BeLessThan(Bound, "the servers could have taken it. {0}", Gates[0].LastLines);
    }

    /// <summary>Writes a document over what stands there.</summary>
    /// <returns>Where it stands, or why it was not written.</returns>
    public static async Task<(PolicyPosition? Position, JsonNode? Why)> TryWriteAsync(GateProcess by, string document)
    {
        try
        {
            var policy = await by.GetAsync("policy");
            var (status, answer) = await by.SendAsync(HttpMethod.Put, "policy", new JsonObject { ["document"] = document }, policy["version"]!.GetValue<string>());
            return status is 200 ? (Statement.Position(answer!["version"]!.GetValue<string>().Split('-')[0]), null) : (null, answer ?? status);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>Waits until these gates enforce what was written last. None may take longer than the bound from when they could, none may have gone back.</summary>
    public async Task EnforcedAsync(IEnumerable<GateProcess> gates)
    {
        var watches = gates.Select(WatchOf).ToList();
        await Eventually.TrueAsync(
            () => Task.FromResult(watches.All(watch => watch.Enforced == Written)),
            Bound - TimeProvider.System.GetElapsedTime(_possible),
            () => $"{Written} were written. Enforced: {string.Join(", ", Gates.Select(gate => $"{gate.Name} {WatchOf(gate).Enforced}"))}\n{Gates.First(gate => WatchOf(gate).Enforced != Written).LastLines}");
        _watches.Values.Select(watch => watch.Fault).OfType<string>().Should().BeEmpty();
    }

    /// <summary>Has the servers lose the document.</summary>
    public Task LoseDocumentAsync(Func<Task> loseAsync)
    {
        _losses.Add(new Outage(TimeProvider.System.GetTimestamp()));
        return loseAsync();
    }

    /// <summary>Brings a gate back to its servers: from now on it can know what they do.</summary>
    public void Mend(GateProcess gate)
    {
        gate.Mend();
        _possible = TimeProvider.System.GetTimestamp();
    }

    public GateWatch WatchOf(GateProcess gate) => _watches[gate.Name];

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches.Values)
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

    // Since when both buckets have had the leaders that they have at the end. Servers may be without one again and again: one that
    // was frozen has them vote when it comes back. One server alone is its own.
    private async Task<long> WatchLeadersAsync(CancellationToken end)
    {
        var since = TimeProvider.System.GetTimestamp();
        (NatsServer? Policy, NatsServer? Gates) last = default;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Cluster.Servers.Count > 1 && !end.IsCancellationRequested)
        {
            var leaders = (await Cluster.FindLeaderAsync("KV_mapigate-policy"), await Cluster.FindLeaderAsync("KV_mapigate-gates"));
            if (leaders != last || leaders is (null, _) or (_, null))
            {
                (since, last) = (TimeProvider.System.GetTimestamp(), leaders);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return since;
    }
}
