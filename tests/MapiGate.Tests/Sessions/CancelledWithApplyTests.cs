using MapiGate.TestSupport;

namespace MapiGate.Tests.Sessions;

/// <summary>When Apply returns, the tokens of those it cut are cancelled: not soon, but already.</summary>
public class CancelledWithApplyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void WhenApplyReturns_EachTokenIsCancelled(int sessions)
    {
        for (var round = 0; round < 20; round++)
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
            var tokens = Enumerable.Range(0, sessions).Select(_ => gatekeeper.Logon("a.exe").Disconnected).ToList();

            gatekeeper.Apply(Gate.Blocking("a.exe"));

            tokens.Count(token => !token.IsCancellationRequested).Should().Be(0);
        }
    }

    [Fact]
    public void WhenApplyReturns_TheTokensOfSessionsDeniedOneByOneAreCancelled()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var tokens = Enumerable.Range(0, 1000).Select(i => gatekeeper.Logon("a.exe", i % 2 == 0 ? "jane" : "john").Disconnected).ToList();

        gatekeeper.Apply(Gate.Judging(client => client.UserName == "jane"));

        tokens.Count(token => token.IsCancellationRequested).Should().Be(500);
    }

    [Fact]
    public async Task WhenApplyReturns_TheTokensBehindACallbackThatHangsAreCancelledToo()
    {
        using var never = new ManualResetEventSlim();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var tokens = new List<CancellationToken>();
        for (var i = 0; i < 10; i++)
        {
            var token = gatekeeper.Logon("a.exe").Disconnected;
            token.Register(() => never.Wait());
            tokens.Add(token);
        }

        await Task.Factory.StartNew(() => gatekeeper.Apply(Gate.Blocking("a.exe")), TaskCreationOptions.LongRunning).WithinBounds();
        var cancelled = tokens.Count(token => token.IsCancellationRequested);
        never.Set();

        cancelled.Should().Be(10);
    }
}
