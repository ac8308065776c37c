using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;

namespace MapiGate.Tests.Configuration;

public sealed class PolicyFileStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Write_ReturnsWithTheReceiptOfThisGate_AndTheSessionIsCut()
    {
        using var gate = new StoredGate(_folder);
        using var session = gate.Gatekeeper.Logon("program1.exe");

        var written = await gate.WriteAsync(StoredGate.Blocking("program1.exe"), reason: "INC-4711");

        written.Outcome.Should().Be(PolicyWriteOutcome.Written);
        written.Receipt!.Disconnected.Should().Be(1);
        session.IsDisconnected.Should().BeTrue();
        (await gate.Store.ReadAsync()).Should().Be(new StoredPolicy(StoredGate.Blocking("program1.exe"), written.Version!));
        var entry = (await gate.Store.HistoryAsync()).Should().ContainSingle().Subject;
        (entry.Author, entry.Reason, entry.IsByHand).Should().Be(("jane", "INC-4711", false));
    }

    [Fact]
    public async Task Write_PastTheFuse_ReturnsWithTheHold()
    {
        using var gate = new StoredGate(_folder);
        using var session = gate.Gatekeeper.Logon("program1.exe");

        var written = await gate.WriteAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe", "MaxDisconnects": 0 } }""");

        written.Receipt!.Held!.Disconnects.Should().Be(1);
        session.IsDisconnected.Should().BeFalse();
    }

    [Fact]
    public async Task Write_OverSomebodyElsesDocument_IsRefused_AndLosesNothing()
    {
        using var gate = new StoredGate(_folder);
        var seen = (await gate.Store.ReadAsync()).Version;
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));

        var late = await gate.Store.WriteAsync(StoredGate.Blocking("two.exe"), seen, "john", null);

        late.Outcome.Should().Be(PolicyWriteOutcome.Moved);
        late.Receipt.Should().BeNull();
        (await gate.Store.ReadAsync()).Document.Should().Contain("one.exe");
    }

    [Fact]
    public async Task Write_ByManyAtOnce_InTwoGates_LosesNoUpdate()
    {
        using var first = new StoredGate(_folder);
        using var second = new StoredGate(_folder);
        var won = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                var store = (writer % 2 == 0 ? first : second).Store;
                var before = await store.ReadAsync();
                var written = await store.WriteAsync(StoredGate.Blocking($"w{writer}-{i}.exe"), before.Version, $"writer {writer}", null);
                if (written.Outcome == PolicyWriteOutcome.Written)
                {
                    Interlocked.Increment(ref won);
                }
            }
        })));

        var history = await first.Store.HistoryAsync();
        history.Should().HaveCount(won).And.OnlyContain(entry => !entry.IsByHand);
        history[0].Version.Should().Be((await second.Store.ReadAsync()).Version);
    }

    [Theory]
    [InlineData("""{ "MapiGate": { "DisableMapiClients": "x" } }""", "DisableMapiClients")]
    [InlineData("""{ "MapiGate": { "Ruels": {} }, "Kestrel": {} }""", "Kestrel is no key of a policy document")]
    [InlineData("""{ "MapiGate": { "Colour": "red" } }""", "MapiGate:Colour is no key of a policy")]
    [InlineData("""{ "MapiGate": { "Rules": [ { "Process": "a.exe" } ] } }""", "MapiGate:Rules is a list")]
    [InlineData("""{ "MapiGate": { "Rules:x:Process": "a.exe" } }""", "with a colon")]
    [InlineData("""{ "MapiGate": { "Mode": "Enforce", "mode": "ReportOnly" } }""", "MapiGate:mode is written twice")]
    [InlineData("{ \"MapiGate\": {\n", "line 2")]
    [InlineData("", "line 1")]
    [InlineData("[]", "a list")]
    [InlineData("null", "null")]
    [InlineData("\"a\\nb\"", "write an object")]
    [InlineData("""{ "MapiGate": [ ] }""", "MapiGate is a list")]
    [InlineData("""{ "MapiGate": "one.exe" }""", "MapiGate is \"one.exe\"")]
    [InlineData("""{ "MapiGate": { "Rules": "one.exe" } }""", "MapiGate:Rules is \"one.exe\"")]
    [InlineData("""{ "MapiGate": { "DisableMapiClientProcesses": [ "one.exe" ] } }""", "one text")]
    public async Task Write_WhatCannotBeUsed_SaysWhereAndChangesNothing(string document, string said)
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));

        var written = await gate.WriteAsync(document);

        written.Outcome.Should().Be(PolicyWriteOutcome.Invalid);
        written.Errors.Should().Contain(error => error.Contains(said, StringComparison.Ordinal));
        (await gate.Store.ReadAsync()).Document.Should().Be(StoredGate.Blocking("one.exe"));
        (await gate.Store.DraftAsync(document)).Errors.Should().Equal(written.Errors);
    }

    [Fact]
    public async Task Write_ThatALaterSourceOverrides_NamesKeyAndSource()
    {
        using var gate = new StoredGate(_folder, after: builder => builder.Configuration.AddInMemoryCollection([new("MapiGate:DisableMapiClientProcesses", "other.exe")]));

        var written = await gate.WriteAsync(StoredGate.Blocking("one.exe"));

        written.Outcome.Should().Be(PolicyWriteOutcome.Overridden);
        written.Errors.Should().ContainSingle().Which.Should().Contain("MapiGate:DisableMapiClientProcesses is \"other.exe\" by MemoryConfigurationProvider");
        File.Exists(gate.File).Should().BeFalse();
    }

    [Fact]
    public async Task Draft_ShowsTheDocumentAmongTheOtherSources_AndChangesNothing()
    {
        using var gate = new StoredGate(_folder, before: builder => builder.Configuration.AddInMemoryCollection([new("MapiGate:DisableMapiClients", "-11")]));
        using var session = gate.Gatekeeper.Logon("one.exe");

        var draft = await gate.Store.DraftAsync(StoredGate.Blocking("one.exe"));

        draft.Rules.Select(rule => rule.Name).Should().BeEquivalentTo("one.exe", "-11");
        gate.Gatekeeper.Preview(draft.Policy!).Disconnected.Should().ContainSingle();
        gate.Gatekeeper.Revision.Should().Be(0);
        session.IsDisconnected.Should().BeFalse();
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("-11");
    }

    [Fact]
    public async Task EditByHand_IsTakenUp_AndTheHistorySaysSo()
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));

        await File.WriteAllTextAsync(gate.File, StoredGate.Blocking("two.exe"));
        await BoundedWait.UntilAsync(() => gate.Gatekeeper.InForce.Rules.Any(rule => rule.Name == "two.exe"));

        var history = await gate.Store.HistoryAsync();
        history[0].IsByHand.Should().BeTrue();
        history[0].Document.Should().Be(StoredGate.Blocking("two.exe"));
        history[1].Author.Should().Be("jane");
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{ "MapiGate": { "DisableMapiClientProcesses": """)]
    [InlineData("""{ "MapiGate": { }, "Logging": { } }""")]
    public async Task EditByHand_ThatCannotBeUsed_LeavesTheLastGood_AlsoOverARestart(string document)
    {
        using (var gate = new StoredGate(_folder))
        {
            await gate.WriteAsync(StoredGate.Blocking("one.exe"));
            await File.WriteAllTextAsync(gate.File, document);
            await BoundedWait.UntilAsync(() => gate.Gatekeeper.Status.Error is not null);
            gate.Gatekeeper.TryLogon(Gate.Client("one.exe"), out _, out _).Should().BeFalse();
        }

        using var again = new StoredGate(_folder);
        again.Gatekeeper.TryLogon(Gate.Client("one.exe"), out _, out _).Should().BeFalse();
        again.Gatekeeper.Status.Error.Should().Contain(again.File);
        (await again.WriteAsync(StoredGate.Blocking("two.exe"))).Outcome.Should().Be(PolicyWriteOutcome.Written);
        again.Gatekeeper.Status.Error.Should().BeNull();
    }

    [Fact]
    public async Task FileThatIsDeleted_LeavesThePolicyInForce_AndSaysSo()
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));

        File.Delete(gate.File);
        await BoundedWait.UntilAsync(() => gate.Gatekeeper.Status.Error is not null);

        gate.Gatekeeper.Status.Error.Should().Contain("is gone");
        gate.Gatekeeper.TryLogon(Gate.Client("one.exe"), out _, out _).Should().BeFalse();
    }

    [Fact]
    public void BrokenFile_AtTheVeryFirstStart_FailsIt()
    {
        File.WriteAllText(Path.Combine(_folder, "mapigate.policy.json"), "{");

        var start = () => new StoredGate(_folder);

        start.Should().Throw<InvalidDataException>().WithMessage("*mapigate.policy.json cannot be used*line 1*");
    }

    [Fact]
    public async Task Write_ToAFileMadeReadOnly_IsRefused()
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));
        File.SetAttributes(gate.File, FileAttributes.ReadOnly);

        var written = await gate.WriteAsync(StoredGate.Blocking("two.exe"));

        written.Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        written.Errors.Should().ContainSingle().Which.Should().Contain("read-only");
        (await gate.Store.HistoryAsync()).Should().ContainSingle();
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");
    }

    [Fact]
    public async Task History_KeepsTheLastHundred()
    {
        using var gate = new StoredGate(_folder);
        for (var i = 0; i < 105; i++)
        {
            await gate.WriteAsync(StoredGate.Blocking($"p{i}.exe"));
        }

        var history = await gate.Store.HistoryAsync();

        history.Should().HaveCount(100);
        history[0].Number.Should().Be(105);
        history.Select(entry => entry.Number).Should().BeInDescendingOrder();
    }
}
