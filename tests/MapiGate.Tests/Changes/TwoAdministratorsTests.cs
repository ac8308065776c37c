using System.Collections.Concurrent;
using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;

namespace MapiGate.Tests.Changes;

/// <summary>Two administrators at once: each change has a revision of its own, and the last one is in force.</summary>
public class TwoAdministratorsTests
{
    [Fact]
    public void AppliesAtOnce_HaveARevisionEach_AndTheLastIsInForce()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var made = new ConcurrentDictionary<long, IConnectionPolicy>();

        Parallel.For(0, 400, i =>
        {
            var policy = Gate.Blocking($"a{i}.exe");
            made.TryAdd(gatekeeper.Apply(policy).Revision, policy).Should().BeTrue("no two changes have one revision");
        });

        made.Keys.Should().BeEquivalentTo(Enumerable.Range(1, 400).Select(i => (long)i));
        gatekeeper.Policy.Should().BeSameAs(made[400]);
    }

    [Fact]
    public async Task AnEditAndAnApplyByHand_AtOnce_LeaveOneOfTheTwoInForce_AndAStatusThatSaysWhich()
    {
        const string lastWritten = "The policy in force is the one last written.";
        for (var round = 0; round < 50; round++)
        {
            var file = new MemoryFile(Document("old.exe"));
            using var container = new FollowedContainer(file.Root());
            using var start = new Barrier(2);
            var editing = Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    file.Write(Document("edit.exe"));
                },
                TaskCreationOptions.LongRunning);

            start.SignalAndWait();
            container.Gatekeeper.Apply(Gate.Blocking("hand.exe"));
            await editing.WithinBounds();

            container.Denies("old.exe").Should().BeFalse();
            var isEdit = container.Denies("edit.exe");
            container.Denies("hand.exe").Should().Be(!isEdit);
            (container.Gatekeeper.Status.ToString() == lastWritten).Should().Be(isEdit);
        }
    }

    [Fact]
    public void AHeldChangeOfOne_IsNotLostWhenTheOtherIsHeldAndWithdrawn()
    {
        var other = new SignallingSource();
        var file = new MemoryFile(Document("old.exe"));
        using var container = new FollowedContainer(file.Root(other));
        container.Gatekeeper.Logon("a.exe");
        container.Gatekeeper.Logon("b.exe");
        file.Write(Document("old.exe; a.exe"));
        file.Write(Document("old.exe; b.exe"));

        container.Gatekeeper.Status.Held!.ByProgram.Keys.Should().Equal("b.exe");
        file.Write(Document("old.exe; a.exe"));

        container.Gatekeeper.Status.Held!.ByProgram.Keys.Should().Equal("a.exe");
    }

    private static string Document(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}", "MaxDisconnects": 0 } }""";
}
