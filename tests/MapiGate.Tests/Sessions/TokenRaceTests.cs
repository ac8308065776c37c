using MapiGate.TestSupport;

namespace MapiGate.Tests.Sessions;

/// <summary>Hosts that take a session's token at the very moment at which it is ended.</summary>
public class TokenRaceTests
{
    private const int Sessions = 4_000;
    private const int Rounds = 250;

    [Fact]
    public void ATokenTakenWhileItsSessionIsEnded_IsCancelled()
    {
        // The host comes from one end while the change comes from the other: once in each round they meet.
        var run = new LongRun(Rounds);
        while (run.Next())
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
            var sessions = Enumerable.Range(0, Sessions).Select(_ => gatekeeper.Logon("a.exe")).ToArray();
            var tokens = new CancellationToken[Sessions];
            using var start = new Barrier(2);
            var host = new Thread(() =>
            {
                start.SignalAndWait();
                for (var i = sessions.Length - 1; i >= 0; i--)
                {
                    tokens[i] = sessions[i].Disconnected;
                }
            });
            host.Start();

            start.SignalAndWait();
            gatekeeper.Apply(Gate.Blocking("a.exe"));
            host.Join();

            tokens.Count(token => !token.IsCancellationRequested).Should().Be(0, $"round {run.Rounds}");
        }
    }
}
