using MapiGate.Registry.Tests.Wine;

namespace MapiGate.Registry.Tests.Watching;

/// <summary>Changes heard the moment they happen: the probe's clock stands still, so that no poll helps.</summary>
public sealed class RegistryWatcherTests(WineSetup wine) : RegistryTest(wine)
{
    private const string Service = @"HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeIS";

    [SkippableFact]
    public async Task AValue_CreatedChangedDeletedAndCreatedAgain_IsHeardEachTime()
    {
        await Administrator.AddKeyAsync();
        var (probe, _) = await StartProbeAsync();

        await Administrator.AddAsync("program1.exe");
        (await probe.NextAsync()).Processes.Should().Be("program1.exe");
        await Administrator.AddAsync("program2.exe");
        (await probe.NextAsync()).Processes.Should().Be("program2.exe");
        await Administrator.DeleteAsync();
        (await probe.NextAsync()).Processes.Should().BeNull();
        await Administrator.AddAsync("program3.exe");
        (await probe.NextAsync()).Processes.Should().Be("program3.exe");
    }

    [SkippableFact]
    public async Task AKeyThatIsCreatedLater_WithItsParent_IsHeard()
    {
        var (probe, loaded) = await StartProbeAsync();
        loaded.Values.Should().BeEmpty();

        await Administrator.AddAsync("program1.exe");

        (await probe.NextAsync()).Processes.Should().Be("program1.exe");
    }

    [SkippableFact]
    public async Task AKeyThatIsCreatedStepByStep_IsHeard()
    {
        var (probe, _) = await StartProbeAsync();

        await Administrator.AddKeyAsync(Service);
        await Administrator.AddKeyAsync();
        await Administrator.AddAsync("program1.exe");

        (await probe.NextAsync()).Processes.Should().Be("program1.exe");
    }

    [SkippableTheory]
    [InlineData(Administrator.Key)]
    [InlineData(Service)]
    public async Task AKeyThatIsDeletedAndCreatedAgain_IsHeard_TimeAndAgain(string deleted)
    {
        await Administrator.AddAsync("program0.exe");
        var (probe, _) = await StartProbeAsync();

        foreach (var program in (string[])["program1.exe", "program2.exe", "program3.exe"])
        {
            await Administrator.DeleteKeyAsync(deleted);
            (await probe.NextAsync()).Values.Should().BeEmpty();
            await Administrator.AddAsync(program);
            (await probe.NextAsync()).Processes.Should().Be(program);
        }
    }

    [SkippableFact]
    public async Task ChangesOfOtherValuesAndKeys_AreNoReload()
    {
        await Administrator.AddAsync("program1.exe");
        var (probe, _) = await StartProbeAsync();

        await Administrator.AddAsync("1", value: "Working Directory");
        await Administrator.AddAsync("program1.exe");
        await Administrator.AddKeyAsync(Administrator.Key + @"\Sub");
        await Administrator.AddKeyAsync(Service + @"\Other");
        await Administrator.AddAsync("program2.exe");

        (await probe.NextAsync()).Processes.Should().Be("program2.exe", "nothing before it was a change");
    }

    [SkippableFact]
    public async Task TwoHundredQuickChanges_EndWithTheLastInForce()
    {
        await Administrator.AddAsync("program0.exe");
        var (probe, _) = await StartProbeAsync();

        await probe.SendAndWaitForAsync("burst 200", line => line.Processes == "program200.exe");

        (await probe.SendAsync("advance 00:15:00")).Should().OnlyContain(line => line.Processes == "program200.exe");
    }

    [SkippableFact]
    public async Task OneHundredChanges_EachHeard_LeaveNoHandles()
    {
        await Administrator.AddAsync("program0.exe");
        var (probe, loaded) = await StartProbeAsync();

        var last = loaded;
        for (var i = 1; i <= 100; i++)
        {
            last = await probe.SendAndWaitForAsync($"write program{i}.exe", line => line.Processes == $"program{i}.exe");
        }

        // Handles are numbered by fours; each change opens a watch anew, with six of them.
        (last.NextHandle - loaded.NextHandle).Should().BeLessThan(50 * 4);
    }

    [SkippableFact]
    public async Task AWatchThatIsRefused_LeavesThePollAlone_SaysSo_AndIsTriedAgain()
    {
        await Administrator.AddAsync("program1.exe");
        var (probe, _) = await StartProbeAsync();
        await probe.SendAsync("deny Notify");
        await probe.DisposeAsync();

        var (refused, loaded) = await StartProbeAsync();
        loaded.Processes.Should().Be("program1.exe");
        loaded.Error.Should().BeNull();
        loaded.Note.Should().Be(
            @"Changes of HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem are found by the poll every 00:15:00 alone, "
            + @"because HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem cannot be watched: Access denied (error 5).");

        await refused.SendAsync("write program2.exe");
        var polled = await refused.SendAsync("advance 00:15:00");
        polled[^1].Processes.Should().Be("program2.exe");
        polled[^1].Note.Should().NotBeNull();

        await refused.SendAsync("allow");
        await refused.SendAndWaitForAsync("advance 00:15:00", line => line.Note is null);
        await Administrator.AddAsync("program3.exe");
        await refused.NextAsync(line => line.Processes == "program3.exe");
    }
}
