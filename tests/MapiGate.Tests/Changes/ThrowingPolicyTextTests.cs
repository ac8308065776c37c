using MapiGate.TestSupport;

namespace MapiGate.Tests.Changes;

/// <summary>A policy is the host's code: what its text throws stops nothing.</summary>
public class ThrowingPolicyTextTests
{
    [Fact]
    public async Task AChangeToAPolicyWhoseTextThrows_IsTold()
    {
        var log = new LogScribe();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: log.For<Gatekeeper>());

        gatekeeper.Apply(new TextThrows());
        gatekeeper.Apply(Gate.Blocking("a.exe"));

        (await log.WaitForAsync("PolicyChanged")).Message.Should().Contain(nameof(TextThrows));
        await BoundedWait.UntilAsync(() => log.Lines.Count(line => line.Event.Name == "PolicyChanged") == 2);
        gatekeeper.Journal.Recent.Should().HaveCount(2).And.OnlyContain(entry => entry.Text.Contains(nameof(TextThrows)));
    }

    private sealed class TextThrows : IConnectionPolicy
    {
        public ConnectionVerdict Evaluate(MapiClient client) => ConnectionVerdict.Allowed;

        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
