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
}
