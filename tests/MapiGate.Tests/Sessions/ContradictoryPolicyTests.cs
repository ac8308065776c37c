namespace MapiGate.Tests.Sessions;

/// <summary>A policy is the host's code, and may break its word: the table must not lose anybody for that.</summary>
public class ContradictoryPolicyTests
{
    [Fact]
    public void APolicyThatDeniesAProgramAndLetsItsClientsIn_LosesNobodyFromTheTable()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var leaving = gatekeeper.Logon("a.exe");
        MapiSession? newcomer = null;

        gatekeeper.Apply(new Contradictory(() =>
        {
            leaving.Dispose();
            newcomer = gatekeeper.Logon("a.exe");
        }));

        gatekeeper.Sessions.Count.Should().Be(newcomer!.IsDisconnected ? 0 : 1);
        gatekeeper.Sessions.Should().HaveCount(newcomer.IsDisconnected ? 0 : 1);
        gatekeeper.Apply(Gate.Blocking("a.exe"));
        newcomer.IsDisconnected.Should().BeTrue("it would live on ungated");
        gatekeeper.Sessions.Should().BeEmpty();
    }

    /// <summary>Lets every client in, and denies every program; before it says so, somebody leaves and another comes.</summary>
    private sealed class Contradictory(Action beforeItSaysSo) : IProgramPolicy
    {
        private bool _hasSaidSo;

        public ConnectionVerdict Evaluate(MapiClient client) => ConnectionVerdict.Allowed;

        public bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict)
        {
            if (!_hasSaidSo)
            {
                _hasSaidSo = true;
                beforeItSaysSo();
            }

            verdict = ConnectionVerdict.Denied("contradiction");
            return true;
        }
    }
}
