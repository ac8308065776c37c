using MapiGate.TestSupport;

namespace MapiGate.Tests.Configuration;

/// <summary>Documents that are JSON, and mean to do harm or are a slip of the hand.</summary>
public sealed class HostileDocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{ "MapiGate": { "DisableMapiClientProcesses": "\ud800" } }""", "half a character")]
    [InlineData("""{ "MapiGate": { "Rules": { "\udc00": { "Process": "a.exe" } } } }""", "half a character")]
    [InlineData("""{ "\ud800": 1 }""", "half a character")]
    [InlineData("""{ "MapiGate": { "Rules": { "a": { "Process": "x.exe" }, "a": { "Address": "10.0.0.0/8" } } } }""", "MapiGate:Rules:a is written twice")]
    [InlineData("""{ "MapiGate": { "Rules": { "a": { "Process": "x.exe" }, "A": { "Address": "10.0.0.0/8" } } } }""", "MapiGate:Rules:A is written twice")]
    [InlineData("""{ "MapiGate": { "DisableMapiClientProcesses": "a.exe" }, "MapiGate": { "DisableMapiClients": "-11" } }""", "MapiGate is written twice")]
    public async Task Document_IsRefused_WrittenOrEditedByHand_AndThePolicyStays(string document, string said)
    {
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));

        var written = await gate.WriteAsync(document);

        written.Outcome.Should().Be(PolicyWriteOutcome.Invalid);
        written.Errors.Should().ContainSingle().Which.Should().Contain(said);

        await File.WriteAllTextAsync(gate.File, document);
        await BoundedWait.UntilAsync(() => gate.Gatekeeper.Status.Error is not null);
        gate.Gatekeeper.Status.Error.Should().Contain(said);
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");
    }

    [Fact]
    public async Task RuleThatStatesNothing_IsAFinding_AndDeniesNobody()
    {
        using var gate = new StoredGate(_folder);

        await gate.WriteAsync("""{ "MapiGate": { "Rules": { "half-done": { } } } }""");

        gate.Gatekeeper.Findings.Should().ContainSingle().Which.Key.Should().Contain("half-done");
        gate.Gatekeeper.TryLogon(Gate.Client("one.exe"), out _, out _).Should().BeTrue();
    }

    [Fact]
    public async Task DeepDocument_IsRefusedWithItsPlace()
    {
        using var gate = new StoredGate(_folder);

        var written = await gate.WriteAsync(string.Concat(Enumerable.Repeat("{\"MapiGate\":", 100_000)));

        written.Outcome.Should().Be(PolicyWriteOutcome.Invalid);
        written.Errors.Should().ContainSingle().Which.Should().Contain("line 1");
    }
}
