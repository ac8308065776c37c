using MapiGate.TestSupport;

namespace MapiGate.Tests;

/// <summary>A kick: whom the predicate names is cut, under no lock, and may come back.</summary>
public class DisconnectTests
{
    private readonly Gatekeeper _gatekeeper = new(ConnectionPolicy.AllowAll);

    [Fact]
    public void APredicateThatThrows_CutsNobody()
    {
        var sessions = Enumerable.Range(0, 100).Select(i => _gatekeeper.Logon($"a{i}.exe")).ToList();

        _gatekeeper.Invoking(gate => gate.Disconnect(session => session.Client.ProcessName == "a50.exe" ? throw new InvalidOperationException("host bug") : true, "test"))
            .Should().Throw<InvalidOperationException>();

        sessions.Should().OnlyContain(session => !session.IsDisconnected);
        _gatekeeper.Sessions.Count.Should().Be(100);
    }

    [Fact]
    public async Task APredicateThatBlocks_HoldsUpNeitherLogonsNorReleasesNorApply()
    {
        using var letGo = new ManualResetEventSlim();
        using var entered = new ManualResetEvent(false);
        var session = _gatekeeper.Logon("a.exe");
        using var other = _gatekeeper.Logon("b.exe");
        var kick = Task.Factory.StartNew(
            () => _gatekeeper.Disconnect(
                _ =>
                {
                    entered.Set();
                    letGo.Wait();
                    return true;
                },
                "test"),
            TaskCreationOptions.LongRunning);
        entered.WaitWithinBounds();

        await Task.Run(() => _gatekeeper.Logon("a.exe").Dispose()).WithinBounds();
        (await Task.Run(() => _gatekeeper.Apply(Gate.Blocking("b.exe"))).WithinBounds()).Disconnected.Should().Be(1);
        letGo.Set();

        (await kick.WithinBounds()).Disconnected.Should().Be(1);
        session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void APredicateThatUsesTheGate_MayDoSo()
    {
        _gatekeeper.Logon("a.exe");

        _gatekeeper.Disconnect(
            session =>
            {
                _gatekeeper.Logon("b.exe").Dispose();
                _gatekeeper.Preview(Gate.Blocking("a.exe"));
                return _gatekeeper.Sessions.TryGet(session.Id, out _);
            },
            "test").Disconnected.Should().Be(1);
    }

    [Fact]
    public void AKick_LeavesPolicyAndRevision_AndTheClientMayComeBack_AndItsTokenIsCancelled()
    {
        var session = _gatekeeper.Logon("a.exe");
        var token = session.Disconnected;

        _gatekeeper.Disconnect(_ => true, "mailbox move").Disconnected.Should().Be(1);

        token.IsCancellationRequested.Should().BeTrue();
        session.Verdict.Rule.Should().Contain("mailbox move");
        _gatekeeper.Revision.Should().Be(0);
        _gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out _).Should().BeTrue();
    }
}
