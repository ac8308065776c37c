using MapiGate.Registry.Tests.Wine;

namespace MapiGate.Registry.Tests.Configuration;

/// <summary>The registry as one source of a configuration: the poll, the options, its listeners, its end.</summary>
public sealed class RegistryPolicyProviderTests(WineSetup wine) : RegistryTest(wine)
{
    [SkippableFact]
    public async Task ThePollAlone_ReadsEvery15Minutes_AndSpeaksUpOnlyWhenSomethingChanged()
    {
        var (probe, _) = await StartProbeAsync("WatchForChanges=false");
        await Administrator.AddAsync("program1.exe");

        (await probe.SendAsync("advance 00:14:59")).Should().ContainSingle("the poll is not due").Which.Processes.Should().BeNull();
        (await probe.SendAsync("advance 00:00:01")).Select(line => line.Event).Should().Equal("reloaded", "done");
        (await probe.SendAsync("advance 00:15:00")).Should().ContainSingle("nothing has changed").Which.Processes.Should().Be("program1.exe");

        await Administrator.DeleteAsync();
        (await probe.SendAsync("advance 00:15:00")).Select(line => line.Processes).Should().Equal(null, null);
        await Administrator.DeleteKeyAsync();
        (await probe.SendAsync("advance 1.00:00:00")).Should().ContainSingle("a missing key says what a missing value said");
    }

    [SkippableFact]
    public async Task ThePollAlone_GoesByTheRealClock()
    {
        var (probe, _) = await StartProbeAsync("WatchForChanges=false", "Clock=real", "PollInterval=00:00:01");

        await Administrator.AddAsync("program1.exe");
        (await probe.NextAsync()).Processes.Should().Be("program1.exe");
        await Administrator.AddAsync("program2.exe");
        (await probe.NextAsync()).Processes.Should().Be("program2.exe");
    }

    [SkippableFact]
    public async Task KeyPathAndSection_CanBeOthers()
    {
        const string Key = @"HKLM\SOFTWARE\Example\Gate";
        var (probe, _) = await StartProbeAsync(@"KeyPath=SOFTWARE\Example\Gate", "Section=Store:Gate");

        await Administrator.AddAsync("program1.exe", key: Key);
        var line = await probe.NextAsync();
        await Administrator.DeleteKeyAsync(@"HKLM\SOFTWARE\Example");
        var gone = await probe.NextAsync();

        line.Values.Should().Equal(new Dictionary<string, string> { ["Store:Gate:DisableMapiClientProcesses"] = "program1.exe" });
        gone.Values.Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData(@"KeyPath=HKLM\SOFTWARE\Gate", @"KeyPath is ""HKLM\SOFTWARE\Gate""; leave the hive out")]
    [InlineData(@"KeyPath=SOFTWARE\\Gate", @"KeyPath is ""SOFTWARE\\Gate""; write key names of 1 to 255 characters")]
    [InlineData("PollInterval=00:00:00", "PollInterval is 00:00:00; set it between one millisecond and 49 days.")]
    [InlineData("Section= ", "Section is empty; write the name of the configuration section")]
    public async Task AnOptionThatCannotBeUsed_IsNamedWithItsValueAndTheFix(string setting, string message)
    {
        var start = () => StartProbeAsync(setting);

        (await start.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain(message);
    }

    [SkippableFact]
    public async Task Set_HoldsUntilTheRegistryChanges()
    {
        await Administrator.AddAsync("program1.exe");
        var (probe, _) = await StartProbeAsync("WatchForChanges=false");

        (await probe.SendAsync("set MapiGate:DisableMapiClientProcesses=program2.exe"))[^1].Processes.Should().Be("program2.exe");
        (await probe.SendAsync("advance 00:15:00"))[^1].Processes.Should().Be("program2.exe");
        await Administrator.AddAsync("program3.exe");
        (await probe.SendAsync("advance 00:15:00"))[^1].Processes.Should().Be("program3.exe");
    }

    [SkippableFact]
    public async Task AListenerThatThrows_StopsNeitherTheWatchNorThePoll()
    {
        var (probe, _) = await StartProbeAsync();
        await probe.SendAsync("listen-and-throw");

        await Administrator.AddAsync("program1.exe");
        (await probe.NextAsync()).Processes.Should().Be("program1.exe");
        await Administrator.AddAsync("program2.exe");
        (await probe.NextAsync()).Processes.Should().Be("program2.exe");
        (await probe.SendAsync("advance 00:15:00")).Should().ContainSingle();
    }

    [SkippableFact]
    public async Task Dispose_StopsWatchAndPoll()
    {
        var (probe, _) = await StartProbeAsync();
        var (other, _) = await StartProbeAsync();

        await probe.SendAsync("dispose");
        await Administrator.AddAsync("program1.exe");
        (await other.NextAsync()).Processes.Should().Be("program1.exe", "the change was there to be heard");

        (await probe.SendAsync("advance 00:15:00")).Should().ContainSingle().Which.Processes.Should().BeNull();
    }
}
