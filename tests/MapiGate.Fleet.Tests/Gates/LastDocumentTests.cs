using MapiGate.Fleet.Tests.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>A gate keeps the last document on its own disk, starts with it, and says what is wrong with it.</summary>
public class LastDocumentTests
{
    [SkippableFact]
    public async Task Start_WithoutTheFleet_EnforcesTheLastDocument_AndSaysSoWithItsAge()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using (var before = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a")))
        {
            await before.BlockAsync("bad.exe");
        }

        await cluster.Servers[0].KillAsync();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));

        gate.Allows("bad.exe").Should().BeFalse();
        (await gate.Fleet.ReadAsync()).Gates.Single().State.Should().NotBe(FleetGateState.Synced, "it has not heard of the others yet");
        var stale = await gate.WaitForAsync("gate-a", FleetGateState.Stale, new PolicyPosition(1, 1));
        stale.Age.Should().BePositive();
        stale.Detail.Should().Contain("Document 1.1").And.Contain("stays in force");
        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error?.Contains("has not been in touch since", StringComparison.Ordinal) == true);
        (await gate.CheckHealthAsync()).Status.Should().Be(HealthStatus.Degraded);

        cluster.Servers[0].Start();
        await gate.WaitForAsync("gate-a", FleetGateState.Synced);
        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error is null);
    }

    [SkippableFact]
    public async Task ALastDocumentThatIsHalfThere_IsSaid_UntilAnotherTakesItsPlace()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using (var before = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a")))
        {
            await before.BlockAsync("bad.exe");
        }

        var file = Path.Combine(folder.Of("a"), "mapigate.fleet.gate-a.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file))[..20]);
        await cluster.Servers[0].KillAsync();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));

        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error?.Contains("has not been in touch since", StringComparison.Ordinal) == true);
        gate.Gatekeeper.Status.Error.Should().Contain(file).And.Contain("cannot be read");

        cluster.Servers[0].Start();
        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error is null && !gate.Allows("bad.exe"));
    }

    [SkippableTheory]
    [InlineData("{ \"epoch\": 1, \"gen")]
    [InlineData("""{"epoch":1,"generation":1,"fingerprint":"","text":"{ \"MapiGate\": { \"Colour\": \"red\" } }","author":"anna","reason":"","time":"2026-01-01T00:00:00Z"}""")]
    public async Task ALastDocumentThatCannotBeRead_LeavesInForceWhatIsRemembered(string document)
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using (var before = await GateHost.StartRememberingAsync("gate-a", cluster.Urls, folder.Of("a")))
        {
            await before.BlockAsync("bad.exe");
        }

        await File.WriteAllTextAsync(Path.Combine(folder.Of("a"), "mapigate.fleet.gate-a.json"), document);
        await cluster.Servers[0].KillAsync();
        await using (var again = await GateHost.StartRememberingAsync("gate-a", cluster.Urls, folder.Of("a")))
        {
            again.Allows("bad.exe").Should().BeFalse();
            await again.UntilAsync(() => again.Gatekeeper.Status.Error?.Contains("has not been in touch since", StringComparison.Ordinal) == true);
            again.Allows("bad.exe").Should().BeFalse();
        }

        await using var gate = await GateHost.StartRememberingAsync("gate-a", cluster.Urls, folder.Of("a"));
        gate.Allows("bad.exe").Should().BeFalse("it is remembered still");
        cluster.Servers[0].Start();
        await gate.WaitForAsync("gate-a", FleetGateState.Synced, new PolicyPosition(1, 1));
        await gate.BlockAsync("worse.exe");
        gate.Allows("bad.exe").Should().BeTrue();
        gate.Allows("worse.exe").Should().BeFalse();
    }

    [SkippableFact]
    public async Task ALastDocumentThatCannotBeKept_IsSaid_AndKeptAsSoonAsItCanBe()
    {
        using var cluster = await NatsCluster.StartAsync();
        using var folder = new TestFolder();
        await using var gate = await GateHost.StartAsync("gate-a", cluster.Urls, folder.Of("a"));
        await gate.ReadAsync();
        var file = Path.Combine(folder.Of("a"), "mapigate.fleet.gate-a.json");

        // As good as a full disk: a folder stands where the file is to be.
        Directory.CreateDirectory(file);
        await gate.BlockAsync("bad.exe");

        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error?.Contains(file, StringComparison.Ordinal) == true);
        gate.Allows("bad.exe").Should().BeFalse();
        (await gate.WaitForAsync("gate-a", FleetGateState.Synced)).Applied.Should().Be(new PolicyPosition(1, 1));
        (await gate.CheckHealthAsync()).Status.Should().Be(HealthStatus.Degraded);

        Directory.Delete(file);
        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error is null);
        (await File.ReadAllTextAsync(file)).Should().Contain("bad.exe");
    }
}
