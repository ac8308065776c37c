using System.Text;
using MapiGate.Registry.Tests.Wine;

namespace MapiGate.Registry.Tests.Reading;

/// <summary>What becomes of what an administrator, or some program, left in the registry.</summary>
public sealed class RegistryPolicyReaderTests(WineSetup wine) : RegistryTest(wine)
{
    private const int Text = 1;
    private const int LongestText = 32_767;

    [SkippableFact]
    public async Task NoKey_NoValue_AnotherValue_AreNoPolicy_AndNoError()
    {
        (await StartProbeAsync()).Loaded.Values.Should().BeEmpty("there is no key");

        await Administrator.AddKeyAsync();
        (await StartProbeAsync()).Loaded.Values.Should().BeEmpty("there is no value");

        await Administrator.AddAsync("1", value: "Working Directory");
        (await StartProbeAsync()).Loaded.Values.Should().BeEmpty("it is none of ours");
    }

    [SkippableFact]
    public async Task BothValues_BecomeTheirKeys_AsWritten()
    {
        await Administrator.AddAsync("program1.exe; program2.exe");
        await Administrator.AddAsync("-5.3164.0.0", value: Administrator.Clients);

        (await StartProbeAsync()).Loaded.Values.Should().Equal(new Dictionary<string, string>
        {
            ["MapiGate:DisableMapiClientProcesses"] = "program1.exe; program2.exe",
            ["MapiGate:DisableMapiClients"] = "-5.3164.0.0",
        });
    }

    [SkippableFact]
    public async Task ADWord_KeepsWhatWasThere_NamesTheFix_AndHoldsUpNoOtherValue()
    {
        await Administrator.AddAsync("program1.exe");
        var (probe, _) = await StartProbeAsync();

        await Administrator.AddAsync("1", type: "REG_DWORD");
        var broken = await probe.NextAsync();
        broken.Processes.Should().Be("program1.exe");
        broken.Error.Should().Be(
            @"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem, value ""Disable MAPI Client Processes"", is a REG_DWORD. "
            + "What was last read of it, if anything, stays in force. Make it a REG_SZ: "
            + @"reg add ""HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem"" /v ""Disable MAPI Client Processes"" /t REG_SZ /d ""program1.exe; program2.exe"" /f /reg:64");

        await Administrator.AddAsync("-5.3164.0.0", value: Administrator.Clients);
        var other = await probe.NextAsync();
        other.Clients.Should().Be("-5.3164.0.0");
        other.Processes.Should().Be("program1.exe");
        other.Error.Should().Be(broken.Error);

        await Administrator.AddAsync("program2.exe");
        var repaired = await probe.NextAsync();
        repaired.Processes.Should().Be("program2.exe");
        repaired.Error.Should().BeNull();
    }

    [SkippableFact]
    public async Task ADWordThatIsDeleted_IsAnEmptyPolicy()
    {
        await Administrator.AddAsync("program1.exe");
        var (probe, _) = await StartProbeAsync();

        await Administrator.AddAsync("1", type: "REG_DWORD");
        (await probe.NextAsync()).Processes.Should().Be("program1.exe");
        await Administrator.DeleteAsync();

        (await probe.NextAsync()).Values.Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("REG_DWORD")]
    [InlineData("REG_QWORD")]
    [InlineData("REG_BINARY")]
    [InlineData("REG_NONE")]
    public async Task AnythingButText_FromTheStart_IsNoPolicyAndAnError(string type)
    {
        await Administrator.AddAsync("01", type: type);

        var (_, loaded) = await StartProbeAsync();

        loaded.Processes.Should().BeNull();
        loaded.Error.Should().Contain($"is a {type}.");
    }

    [SkippableFact]
    public async Task ATypeThatHasNoName_IsAnError_HoweverLong()
    {
        await Administrator.ImportAsync(type: 0x63, new byte[200_000]);

        (await StartProbeAsync()).Loaded.Error.Should().Contain("is a value of type 99.");
    }

    [SkippableFact]
    public async Task ATextOfTheGreatestLength_IsRead_AndOneCharacterMore_IsRefused()
    {
        await Administrator.ImportAsync(Text, Utf16(new string('a', LongestText) + '\0'));
        var (probe, loaded) = await StartProbeAsync();
        loaded.Processes.Should().HaveLength(LongestText);
        loaded.Error.Should().BeNull();

        await Administrator.ImportAsync(Text, Utf16(new string('b', LongestText + 1)));
        var longer = await probe.NextAsync();
        longer.Processes.Should().Be(loaded.Processes);
        longer.Error.Should().Contain("has more than 32767 characters. What was last read of it, if anything, stays in force. Shorten it: reg add");

        await Administrator.ImportAsync(Text, Utf16(new string('c', 100_000)));
        await Administrator.AddAsync("program1.exe");
        (await probe.NextAsync()).Processes.Should().Be("program1.exe", "what is too long by far is no news, and no policy either");
    }

    [SkippableFact]
    public async Task AMultiText_IsTakenLineByLine_WithANote()
    {
        await Administrator.AddAsync(@"program1.exe\0program2.exe", type: "REG_MULTI_SZ");

        var (probe, loaded) = await StartProbeAsync();
        loaded.Processes.Should().Be("program1.exe; program2.exe");
        loaded.Error.Should().BeNull();
        loaded.Note.Should().EndWith(@"is a REG_MULTI_SZ and is taken line by line; make it one text: reg add ""HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem"" /v ""Disable MAPI Client Processes"" /t REG_SZ /d ""program1.exe; program2.exe"" /f /reg:64");

        await Administrator.AddAsync("program1.exe; program2.exe");
        var repaired = await probe.NextAsync();
        repaired.Processes.Should().Be(loaded.Processes);
        repaired.Note.Should().BeNull();
    }

    [SkippableFact]
    public async Task AnExpandableText_IsReadUnexpanded()
    {
        await Administrator.AddAsync(@"%SystemRoot%\program1.exe", type: "REG_EXPAND_SZ");

        var (_, loaded) = await StartProbeAsync();

        loaded.Processes.Should().Be(@"%SystemRoot%\program1.exe");
        loaded.Note.Should().BeNull();
    }

    [SkippableTheory]
    [InlineData("program1.exe", "program1.exe")]
    [InlineData("program1.exe\0\0\0", "program1.exe")]
    [InlineData("", "")]
    [InlineData("\0", "")]
    public async Task ATextThatEndsOtherwise_IsReadUpToItsEnd(string stored, string text)
    {
        await Administrator.ImportAsync(Text, Utf16(stored));

        var (_, loaded) = await StartProbeAsync();

        loaded.Processes.Should().Be(text);
        loaded.Error.Should().BeNull();
        loaded.Note.Should().BeNull();
    }

    [SkippableFact]
    public async Task ATextBehindANul_IsNotRead_AndANoteSaysSo()
    {
        await Administrator.ImportAsync(Text, Utf16("program1.exe\0program2.exe\0"));

        var (_, loaded) = await StartProbeAsync();

        loaded.Processes.Should().Be("program1.exe");
        loaded.Note.Should().Contain("has a NUL after 12 characters and is read up to there; write it anew: reg add");
    }

    [SkippableFact]
    public async Task HalfACharacterAtTheEnd_IsDropped()
    {
        await Administrator.ImportAsync(Text, [.. Utf16("program1.exe"), 0x41]);

        (await StartProbeAsync()).Loaded.Processes.Should().Be("program1.exe");
    }

    [SkippableFact]
    public async Task AKeyThatMayNotBeRead_KeepsWhatWasThere_UntilAPollFindsItReadable()
    {
        await Administrator.AddAsync("program1.exe");
        var (probe, _) = await StartProbeAsync();

        await probe.SendAsync("deny QueryValues");
        await probe.SendAsync("write program2.exe");
        var denied = (await probe.SendAsync("advance 00:15:00"))[^1];
        denied.Processes.Should().Be("program1.exe");
        denied.Error.Should().Be(
            @"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem cannot be read: Access denied (error 5). "
            + "What was last read of it, if anything, stays in force. Give the account of this service the right to read it.");

        await probe.SendAsync("allow");
        var allowed = (await probe.SendAsync("advance 00:15:00"))[^1];
        allowed.Processes.Should().Be("program2.exe");
        allowed.Error.Should().BeNull();
    }

    private static byte[] Utf16(string text) => Encoding.Unicode.GetBytes(text);
}
