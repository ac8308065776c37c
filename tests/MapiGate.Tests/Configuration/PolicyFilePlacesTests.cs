using MapiGate.TestSupport;

namespace MapiGate.Tests.Configuration;

/// <summary>Places that a policy file cannot be written at: nothing changes, and it is said why.</summary>
public sealed class PolicyFilePlacesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task FullDisk_LeavesDocumentHistoryAndPolicy_AndTheNextWriteThatFitsIsMade()
    {
        using var disk = Mounted.Disk(_folder, "64k");
        using var gate = new StoredGate(_folder);
        await gate.WriteAsync(StoredGate.Blocking("one.exe"));
        var filling = Path.Combine(_folder, "filling");
        Fill(filling);

        var written = await gate.WriteAsync(StoredGate.Blocking(string.Join(';', Enumerable.Range(0, 1000).Select(i => $"program{i}.exe"))));

        written.Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        written.Errors.Single().Should().Contain("Make room").And.Contain("The policy is as it was");
        File.ReadAllText(gate.File).Should().Be(StoredGate.Blocking("one.exe"));
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");
        gate.Gatekeeper.Status.Error.Should().BeNull();

        File.Delete(filling);
        (await gate.WriteAsync(StoredGate.Blocking("two.exe"))).Outcome.Should().Be(PolicyWriteOutcome.Written);
        (await gate.Store.HistoryAsync()).Should().HaveCount(2).And.OnlyContain(entry => !entry.IsByHand);
    }

    [SkippableFact]
    public async Task DiskMadeReadOnly_RefusesWrites_AndAStartStillEnforcesIt()
    {
        using var disk = Mounted.Disk(_folder, "1m");
        using (var before = new StoredGate(_folder))
        {
            await before.WriteAsync(StoredGate.Blocking("one.exe"));
        }

        disk.MakeReadOnly();
        using var gate = new StoredGate(_folder);

        (await gate.WriteAsync(StoredGate.Blocking("two.exe"))).Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");
        (await gate.Store.HistoryAsync()).Should().ContainSingle();
    }

    [SkippableFact]
    public async Task FileMountedByItself_RefusesWrites_SaysWhatToMount_AndIsLeftWhole()
    {
        using var other = new TemporaryFolder();
        var elsewhere = Path.Combine(other.Path, "policy.json");
        await File.WriteAllTextAsync(elsewhere, StoredGate.Blocking("one.exe"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "mapigate.policy.json"), string.Empty);
        using var file = Mounted.File(Path.Combine(_folder, "mapigate.policy.json"), elsewhere);
        using var gate = new StoredGate(_folder);

        var written = await gate.WriteAsync(StoredGate.Blocking("two.exe"));

        written.Outcome.Should().Be(PolicyWriteOutcome.Unavailable);
        written.Errors.Single().Should().Contain("mount its folder instead");
        File.ReadAllText(elsewhere).Should().Be(StoredGate.Blocking("one.exe"));
        gate.Gatekeeper.InForce.Rules.Select(rule => rule.Name).Should().Equal("one.exe");
        File.Exists($"{gate.File}.new").Should().BeFalse();
    }

    private static void Fill(string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                stream.Write(new byte[1024]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
