using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>The fleet's document as a store: who wins, who is told, and what is said when no answer came.</summary>
public class FleetStoreTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [SkippableFact]
    public async Task WriteAsync_CutsInEveryGate_AndReturnsThisOnesReceipt()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var a = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await using var b = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b"));
        await a.ReadAsync();
        var (here, there) = (a.Logon("bad.exe")!, b.Logon("bad.exe")!);

        var write = await a.BlockAsync("bad.exe");

        write.Outcome.Should().Be(PolicyWriteOutcome.Written);
        write.Receipt!.Disconnected.Should().Be(1);
        here.IsDisconnected.Should().BeTrue();
        await b.UntilAsync(() => there.IsDisconnected);
        var seen = await a.WaitForAsync("gate-b", FleetGateState.Synced, new PolicyPosition(1, 1));
        seen.Disconnected.Should().Be(1);
        seen.Fingerprint.Should().Be(a.Gatekeeper.InForce.Fingerprint);
        (await b.Store.ReadAsync()).Version.Should().Be(write.Version);
    }

    [SkippableFact]
    public async Task WriteAsync_TwoAdministratorsAtOnce_OneWins_AndTheOtherLearnsWhatChanged()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var a = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await using var b = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b"));
        await a.BlockAsync("first.exe");
        var version = (await b.ReadAsync()).Version;
        (await a.ReadAsync()).Version.Should().Be(version);

        var writes = await Task.WhenAll(a.BlockAsync("anna.exe", "anna", version), b.BlockAsync("bert.exe", "bert", version));

        writes.Select(write => write.Outcome).Should().BeEquivalentTo([PolicyWriteOutcome.Written, PolicyWriteOutcome.Moved]);
        var winner = writes[0].Outcome == PolicyWriteOutcome.Written ? "anna" : "bert";
        var lost = writes.Single(write => write.Outcome == PolicyWriteOutcome.Moved);
        lost.Errors.Single().Should().Contain($"written by {winner}").And.Contain($"{winner}.exe").And.Contain("first.exe");
        lost.Version.Should().Be(writes.Single(write => write.Outcome == PolicyWriteOutcome.Written).Version);
        (await a.Store.HistoryAsync()).Select(entry => entry.Author).Should().Equal(winner, "anna");
    }

    [SkippableFact]
    public async Task WriteAsync_ByGatesOfThreeServersAtOnce_OneWins_AgainAndAgain()
    {
        using var cluster = await NatsCluster.StartAsync(3);
        using var folder = new TestFolder();
        var gates = new List<GateHost>();
        try
        {
            foreach (var (number, server) in cluster.Servers.Index())
            {
                gates.Add(await GateHost.StartAsync($"gate-{number}", server.Url, folder.Of($"gate-{number}"), options => options.Replicas = 3));
                await gates[number].ReadAsync();
            }

            var version = (await gates[0].BlockAsync("first.exe")).Version;
            for (var time = 0; time < 10; time++)
            {
                var writes = await Task.WhenAll(gates.Select((gate, number) => gate.BlockAsync($"program-{time}-{number}.exe", $"{number}", version)));

                version = writes.Should().ContainSingle(write => write.Outcome == PolicyWriteOutcome.Written).Which.Version;
                writes.Should().OnlyContain(write => write.Version == version);
            }
        }
        finally
        {
            foreach (var gate in gates)
            {
                await gate.DisposeAsync();
            }
        }
    }

    [SkippableFact]
    public async Task WriteAsync_MoreThanTheServersTake_SaysSo()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        var programs = string.Join("; ", Enumerable.Range(0, 60_000).Select(i => $"a-program-of-many-{i}.exe"));

        var written = await gate.BlockAsync(programs);

        written.Outcome.Should().Be(PolicyWriteOutcome.Invalid);
        written.Errors.Should().ContainSingle().Which.Should().Contain("max_payload");
        (await gate.BlockAsync("bad.exe")).Outcome.Should().Be(PolicyWriteOutcome.Written);
    }

    [SkippableFact]
    public async Task WriteAsync_OfWhatStandsThere_TellsOfNoCutTwice()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await gate.ReadAsync();
        using var session = gate.Logon("bad.exe");
        (await gate.BlockAsync("bad.exe")).Receipt!.Disconnected.Should().Be(1);

        var again = await gate.BlockAsync("bad.exe");

        again.Outcome.Should().Be(PolicyWriteOutcome.Written);
        again.Receipt.Should().BeNull();
    }

    [SkippableFact]
    public async Task WriteAsync_AnswerLost_LooksBeforeItSaysAnything_AndWritesOnce()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        using var wire = new AnswerlessWire(cluster.Servers[0].Port, "PUB $KV.mapigate-policy.document");
        await using var gate = await GateHost.StartAsync("gate-a", wire.Url, folder.Of("a"));
        await gate.BlockAsync("first.exe");
        wire.IsArmed = true;

        var write = await gate.BlockAsync("second.exe");

        wire.IsBroken.Should().BeTrue();
        write.Outcome.Should().Be(PolicyWriteOutcome.Written);
        (await gate.ReadAsync()).Version.Should().Be(write.Version);
        (await gate.Store.HistoryAsync()).Should().HaveCount(2);
        gate.Allows("second.exe").Should().BeFalse();
    }

    [SkippableFact]
    public async Task WriteAsync_NoServer_SaysThatNothingWasWritten()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        var version = (await gate.ReadAsync()).Version;
        await cluster.Servers[0].KillAsync();

        var write = await gate.BlockAsync("bad.exe", version: version);

        write.Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        write.Errors.Single().Should().Contain("Nothing was written");
        gate.Allows("bad.exe").Should().BeTrue();
    }

    [SkippableFact]
    public async Task WriteAsync_AfterTheBucketWasLost_StandsBehindAllThatReceiptsTellOf()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using (var old = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a")))
        {
            await old.BlockAsync("one.exe");
            await old.BlockAsync("two.exe");
            await old.WaitForAsync("gate-a", FleetGateState.Synced, new PolicyPosition(1, 2));
            await Eventually.TrueAsync(async () => await Documents.PositionAsync(cluster.Urls) == new PolicyPosition(1, 2), Soon, () => "It was not written.");
            await using var witness = await GateHost.StartAsync("gate-w", cluster.Urls, folder.Of("w"));
            await witness.WaitForAsync("gate-a", FleetGateState.Synced, new PolicyPosition(1, 2));
        }

        await Documents.DeleteBucketAsync(cluster.Urls);
        await using var other = await GateHost.StartAsync("gate-b", cluster.Urls, folder.Of("b"));

        (await other.BlockAsync("three.exe")).Outcome.Should().Be(PolicyWriteOutcome.Written);

        (await Documents.PositionAsync(cluster.Urls)).Should().Be(new PolicyPosition(2, 3));
    }

    [SkippableFact]
    public async Task HistoryAsync_KeepsAHundred_TheNewestFirst()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        for (var i = 1; i <= 102; i++)
        {
            (await gate.BlockAsync($"p{i}.exe", $"writer {i}")).Outcome.Should().Be(PolicyWriteOutcome.Written);
        }

        var history = await gate.Store.HistoryAsync();

        history.Select(entry => entry.Author).Should().Equal(Enumerable.Range(3, 100).Reverse().Select(i => $"writer {i}"));
        history[0].Number.Should().Be(102);
        history[0].Reason.Should().Be("a test");
        history[0].Document.Should().Be(Documents.Blocking("p102.exe"));
    }
}
