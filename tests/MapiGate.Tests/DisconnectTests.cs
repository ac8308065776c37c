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

    [Fact]
    public async Task TheReceipt_CountsThoseAskedAboutAndThoseCut_AndEndsWhenTheirHostsHaveReleasedThem()
    {
        var (one, two) = (_gatekeeper.Logon("a.exe"), _gatekeeper.Logon("a.exe"));
        _gatekeeper.Logon("b.exe");

        var receipt = _gatekeeper.Disconnect(session => session.Client.ProcessName == "a.exe", "test");

        (receipt.Revision, receipt.Examined, receipt.Disconnected, receipt.Held).Should().Be((0L, 3L, 2L, null));
        one.Dispose();
        receipt.Completion.IsCompleted.Should().BeFalse();
        two.Dispose();
        await receipt.Completion.WithinBounds();
    }

    [Fact]
    public void ASessionThatLeavesWhileOthersAreAskedAbout_IsNotCut()
    {
        var leaving = _gatekeeper.Logon("a.exe");
        _gatekeeper.Logon("a.exe");

        var receipt = _gatekeeper.Disconnect(
            _ =>
            {
                leaving.Dispose();
                return true;
            },
            "test");

        receipt.Disconnected.Should().Be(1);
        leaving.IsDisconnected.Should().BeFalse();
    }

    [Fact]
    public void APredicateThatChangesThePolicyItself_MayDoSo_AndNobodyIsCutTwice()
    {
        var session = _gatekeeper.Logon("a.exe");

        var receipt = _gatekeeper.Disconnect(_ => _gatekeeper.Apply(Gate.Blocking("a.exe")).Disconnected == 1, "test");

        (receipt.Revision, receipt.Disconnected).Should().Be((1L, 0L));
        session.Verdict.Rule.Should().Be("a.exe", "the policy was first");
    }

    [Fact]
    public void NeitherFuseNorExemptionStandsInItsWay()
    {
        _gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { MaxDisconnects = 0, OwnProcesses = { "a.exe" }, Exemptions = { ["all"] = new() { Process = "*" } } }));
        _gatekeeper.Logon("a.exe");

        _gatekeeper.Disconnect(_ => true, "an order is an order").Disconnected.Should().Be(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void WithoutAReason_OrWithoutAChoice_ItIsAMistakeOfTheCallers(string? reason)
    {
        using var session = _gatekeeper.Logon("a.exe");

        _gatekeeper.Invoking(gate => gate.Disconnect(_ => true, reason!)).Should().Throw<ArgumentException>();
        _gatekeeper.Invoking(gate => gate.Disconnect(null!, "test")).Should().Throw<ArgumentNullException>();
        session.IsDisconnected.Should().BeFalse();
    }
}
