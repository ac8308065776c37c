using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace MapiGate.Tests.Configuration;

/// <summary>Trouble beside the document: another source that is wrong, another writer that does not finish, a history that cannot be kept.</summary>
public sealed class PolicyFileTroubleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AnotherSourceThatIsWrong_StopsNoWrite_AndItsRepairBringsItIntoForce()
    {
        var settings = new MemoryFile("{}");
        using var gate = new StoredGate(_folder, before: builder => builder.Configuration.Sources.Add(settings.Source()));
        settings.Write("""{ "MapiGate": { "DisableMapiClients": "wrong" } }""");

        var written = await gate.WriteAsync(StoredGate.Blocking("one.exe"));

        written.Outcome.Should().Be(PolicyWriteOutcome.Written);
        gate.Gatekeeper.Status.Error.Should().Contain("DisableMapiClients");
        settings.Write("{}");
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");
    }

    [Fact]
    public async Task ListenerThatThrows_EndsNoProcess_WhenTheFileIsEditedByHand()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gate = new StoredGate(_folder, after: builder => ChangeToken.OnChange(builder.Configuration.GetReloadToken, () =>
        {
            heard.TrySetResult();
            throw new InvalidOperationException("The host's own trouble.");
        }));

        await File.WriteAllTextAsync(gate.File, StoredGate.Blocking("one.exe"));
        await heard.Task.WithinBounds();

        await File.WriteAllTextAsync(gate.File, StoredGate.Blocking("two.exe"));
        await BoundedWait.UntilAsync(() => gate.Gatekeeper.InForce.Rules.Any(rule => rule.Name == "two.exe"));
    }

    [Fact]
    public async Task WriterThatWaitedInVain_LeavesTheOthersEntry()
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));
        var pending = Path.Combine($"{gate.File}.history", "00000002.json.pending");

        // Another process in the midst of its write.
        PolicyWrite written;
        await using (new FileStream($"{gate.File}.lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await File.WriteAllTextAsync(pending, "{}");
            written = await gate.WriteAsync(StoredGate.Blocking("two.exe"));
        }

        written.Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        written.Errors.Should().ContainSingle().Which.Should().Contain("Another process has held");
        File.Exists(pending).Should().BeTrue("it is the other's");
    }

    [Fact]
    public async Task HistoryThatCannotBeFinished_DoesNotSayThatNothingWasWritten()
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));
        var inTheWay = Path.Combine($"{gate.File}.history", "00000002.json");
        Directory.CreateDirectory(inTheWay);

        var written = await gate.WriteAsync(StoredGate.Blocking("two.exe"));

        written.Outcome.Should().Be(PolicyWriteOutcome.Written);
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("two.exe");

        Directory.Delete(inTheWay);
        var history = await gate.Store.HistoryAsync();
        history[0].Document.Should().Be(StoredGate.Blocking("two.exe"));
        history[0].Author.Should().Be("jane");
    }

    [Fact]
    public async Task FolderInTheFilesPlace_LeavesThePolicyInForce_AndTheFileIsHeardAgain()
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));
        File.Delete(gate.File);
        Directory.CreateDirectory(gate.File);
        await BoundedWait.UntilAsync(() => gate.Gatekeeper.Status.Error?.Contains("It is a folder", StringComparison.Ordinal) == true);

        var read = () => gate.Store.ReadAsync();
        await read.Should().ThrowAsync<IOException>().WithMessage($"{gate.File} cannot be read: It is a folder.*");
        (await gate.Store.WriteAsync(StoredGate.Blocking("two.exe"), "none", "jane", null)).Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        (await gate.Store.HistoryAsync()).Should().ContainSingle();
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");

        Directory.Delete(gate.File);
        await File.WriteAllTextAsync(gate.File, StoredGate.Blocking("three.exe"));
        await BoundedWait.UntilAsync(() => gate.Gatekeeper.InForce.Rules.Any(rule => rule.Name == "three.exe"));
        gate.Gatekeeper.Status.Error.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"Number\": 1 }")]
    [InlineData("[ ]")]
    [InlineData("{ \"Number\": \"one\", \"Version\": 2 }")]
    public async Task HistoryEntryThatCannotBeRead_IsLeftOut_AndWritingGoesOn(string text)
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));
        await gate.WriteAsync(StoredGate.Blocking("two.exe"));
        await File.WriteAllTextAsync(Path.Combine($"{gate.File}.history", "00000001.json"), text);

        (await gate.WriteAsync(StoredGate.Blocking("three.exe"))).Outcome.Should().Be(PolicyWriteOutcome.Written);

        (await gate.Store.HistoryAsync()).Select(entry => entry.Number).Should().Equal(3, 2);
    }

    [Fact]
    public async Task FileInTheHistorysPlace_RefusesTheWrite_AndSaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "mapigate.policy.json.history"), "not a folder");
        using var gate = new StoredGate(_folder);

        var written = await gate.WriteAsync(StoredGate.Blocking("one.exe"));

        written.Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        written.Errors.Should().ContainSingle().Which.Should().Contain("The policy is as it was");
        File.Exists(gate.File).Should().BeFalse();
        gate.Gatekeeper.InForce.Rules.Should().BeEmpty();
    }

    [Fact]
    public async Task LinkToAFileElsewhere_IsFollowed_WhenThatIsEditedByHand()
    {
        using var other = new TemporaryFolder();
        var elsewhere = Path.Combine(other.Path, "elsewhere.json");
        await File.WriteAllTextAsync(elsewhere, StoredGate.Blocking("one.exe"));
        File.CreateSymbolicLink(Path.Combine(_folder, "mapigate.policy.json"), elsewhere);
        using var gate = new StoredGate(_folder);

        await File.WriteAllTextAsync(elsewhere, StoredGate.Blocking("two.exe"));

        await BoundedWait.UntilAsync(() => gate.Gatekeeper.InForce.Rules.Any(rule => rule.Name == "two.exe"));
    }

    [Fact]
    public async Task LinkInTheFilesPlace_IsWrittenThrough_AndStaysALink()
    {
        var elsewhere = Path.Combine(_folder, "elsewhere.json");
        await File.WriteAllTextAsync(elsewhere, StoredGate.Blocking("one.exe"));
        File.CreateSymbolicLink(Path.Combine(_folder, "mapigate.policy.json"), elsewhere);
        using var gate = new StoredGate(_folder);

        (await gate.WriteAsync(StoredGate.Blocking("two.exe"))).Outcome.Should().Be(PolicyWriteOutcome.Written);

        File.ReadAllText(elsewhere).Should().Be(StoredGate.Blocking("two.exe"));
        new FileInfo(gate.File).LinkTarget.Should().Be(elsewhere);
    }
}
