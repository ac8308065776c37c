namespace MapiGate.Fleet.Tests.Management;

/// <summary>The limits of a change hold over all gates together.</summary>
public class FleetFuseTests
{
    private const string AtMostOne = """{ "MapiGate": { "DisableMapiClientProcesses": "one.exe", "MaxDisconnects": 1 } }""";

    [SkippableFact]
    public async Task AChangeThatCutsMoreInAll_IsNotWritten_UntilItIsConfirmed_AndThenNoGateAsksAgain()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var a = fleet.A.Logon("one.exe");
        using var b = fleet.B.Logon("one.exe");
        using var second = fleet.B.Logon("one.exe");
        var before = (await fleet.A.GetAsync("policy"))["version"]!.GetValue<string>();

        var (status, problem) = await fleet.A.PutAsync(AtMostOne);

        status.Should().Be(409);
        $"{problem!["detail"]}".Should().Contain("3 of 3 sessions in all gates (gate-b 2, gate-a 1), past MaxDisconnects = 1");
        $"{(await fleet.A.GetAsync("policy"))["version"]}".Should().Be(before);
        (a.IsDisconnected, b.IsDisconnected).Should().Be((false, false));
        (await fleet.A.PutAsync(AtMostOne, "0123")).Status.Should().Be(409, "something else was confirmed");

        var written = await fleet.A.PutAsync(AtMostOne, $"{problem["hold"]!["fingerprint"]}");

        written.Status.Should().Be(200);
        await fleet.A.WaitForGatesAsync(3);
        (a.IsDisconnected, b.IsDisconnected, second.IsDisconnected).Should().Be((true, true, true));
    }

    [SkippableFact]
    public async Task AShareThatIsTooMuchForOneGate_AndNotForAll_IsCutThereWithoutAsking()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var alone = fleet.A.Logon("one.exe");
        Enumerable.Range(0, 9).ToList().ForEach(_ => fleet.B.Logon("other.exe"));

        (await fleet.B.PutAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "one.exe", "MaxDisconnectPercent": 20 } }""")).Status.Should().Be(200);

        await fleet.A.WaitForGatesAsync(3);
        alone.IsDisconnected.Should().BeTrue("it is one of ten, though all that its gate has");
    }

    [SkippableFact]
    public async Task WhereAGateGaveNoAnswer_ItAsksForItself()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var alone = fleet.A.Logon("one.exe");
        Enumerable.Range(0, 9).ToList().ForEach(_ => fleet.B.Logon("other.exe"));
        await fleet.C.StopAsync();

        (await fleet.B.PutAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "one.exe", "MaxDisconnectPercent": 20 } }""")).Status.Should().Be(200);

        await fleet.B.WaitForGatesAsync(1, "HELD");
        alone.IsDisconnected.Should().BeFalse();
        var fingerprint = (await fleet.A.GetAsync("status"))["holds"]![0]!["fingerprint"]!.GetValue<string>();
        (await fleet.B.SendAsync(HttpMethod.Post, "policy/confirm", new { fingerprint })).Status.Should().Be(200, "another gate than the one that holds it can confirm it");
        await fleet.B.WaitForGatesAsync(0, "HELD");
        alone.IsDisconnected.Should().BeTrue();
    }

    [SkippableFact]
    public async Task AChangeThatAnotherGateHolds_IsWithdrawnFromAnyGate_AndEverywhere()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        (await fleet.A.PutAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "old.exe" } }""")).Status.Should().Be(200);
        await fleet.A.WaitForGatesAsync(3);
        using var alone = fleet.A.Logon("one.exe");
        Enumerable.Range(0, 9).ToList().ForEach(_ => fleet.B.Logon("other.exe"));
        await fleet.C.StopAsync();
        (await fleet.B.PutAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "old.exe; one.exe", "MaxDisconnectPercent": 20 } }""")).Status.Should().Be(200);
        await fleet.B.WaitForGatesAsync(1, "HELD");
        var fingerprint = (await fleet.A.GetAsync("status"))["holds"]![0]!["fingerprint"]!.GetValue<string>();

        var (status, withdrawn) = await fleet.B.SendAsync(HttpMethod.Post, "policy/withdraw", new { fingerprint });

        status.Should().Be(200, $"{withdrawn}: it is held by another gate than the one that is asked");
        await fleet.B.WaitForGatesAsync(2);
        $"{(await fleet.B.GetAsync("policy"))["document"]}".Should().Contain("old.exe").And.NotContain("one.exe");
        alone.IsDisconnected.Should().BeFalse();
        (await fleet.A.GetAsync("status"))["holds"]!.AsArray().Should().BeEmpty();
        (await fleet.B.SendAsync(HttpMethod.Post, "policy/withdraw", new { fingerprint })).Status.Should().Be(409, "nobody holds it any more");
    }

    [SkippableFact]
    public async Task ARuleHeldAtItsBeginning_InSeveralGates_IsWithdrawnInAll()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        var from = TimeProvider.System.GetUtcNow().AddSeconds(4);
        (await fleet.A.PutAsync($$$"""{ "MapiGate": { "MaxDisconnects": 0, "Rules": { "late": { "Process": "one.exe", "From": "{{{from:O}}}" } } } }""")).Status.Should().Be(200);
        using var b = fleet.B.Logon("one.exe");
        using var c = fleet.C.Logon("one.exe");
        await fleet.A.WaitForGatesAsync(2, "HELD");
        var fingerprint = (await fleet.B.GetAsync("status"))["holds"]![0]!["fingerprint"]!.GetValue<string>();

        var (status, withdrawn) = await fleet.A.SendAsync(HttpMethod.Post, "policy/withdraw", new { fingerprint });

        status.Should().Be(200, withdrawn?.ToString());
        foreach (var member in new[] { fleet.B, fleet.C })
        {
            (await member.GetAsync("status"))["holds"]!.AsArray().Should().BeEmpty();
        }

        (b.IsDisconnected, c.IsDisconnected).Should().Be((false, false));
    }
}
