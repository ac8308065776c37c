namespace MapiGate.Tests.Sessions;

/// <summary>A change asks who has the names it lists before it judges anybody; nobody must be missed for it.</summary>
public class ProgramSearchTests
{
    [Theory]
    [InlineData("*.exe")]
    [InlineData("nobody.exe; *.exe")]
    [InlineData("nobody.exe; program?.exe")]
    [InlineData(@"PROGRAM1.EXE")]
    [InlineData(@"other.exe")]
    [InlineData(@"nobody.exe; other.exe")]
    public void Apply_ARuleThatNamesTheProgramInAnyWay_FindsIt(string processes)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.TryLogon(new MapiClient { ProcessNames = ["", @"C:\x\program1.exe", " Other.exe"] }, out var session, out _);
        var bystander = gatekeeper.Logon("bystander");

        var receipt = gatekeeper.Apply(Gate.Blocking(processes));

        session!.IsDisconnected.Should().BeTrue();
        bystander.IsDisconnected.Should().BeFalse();
        receipt.Examined.Should().Be(2);
    }

    [Fact]
    public void Apply_NamesBesideAVersion_FindsTheVersion()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.TryLogon(Gate.Client("a.exe") with { Version = new(11, 0, 0, 0) }, out var session, out _);

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = "nobody.exe", DisableMapiClients = "11" }));

        session!.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void Apply_NobodyIsNamed_StillCountsEverybodyAsExamined()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.Logon("a.exe");
        gatekeeper.Logon("b.exe");

        gatekeeper.Apply(Gate.Blocking("nobody.exe")).Examined.Should().Be(2);
    }

    [Fact]
    public void Apply_ManyVersionsOfAProgramComeAndGo_FindsExactlyThoseThatAreLeft()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var sessions = Enumerable.Range(0, 100).Select(version =>
        {
            gatekeeper.TryLogon(Gate.Client("a.exe") with { Version = new(version, 0, 0, 0) }, out var session, out _);
            return session!;
        }).ToList();
        var leaving = sessions.Where((_, i) => i % 3 != 0).ToList();
        leaving.ForEach(session => session.Dispose());

        var receipt = gatekeeper.Apply(Gate.Blocking("a.exe"));

        receipt.Disconnected.Should().Be(34);
        sessions.Should().AllSatisfy(session => session.IsDisconnected.Should().Be(!leaving.Contains(session)));
        gatekeeper.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public void Apply_OneOfTwoVersionsOfAProgramHasLeft_StillFindsTheOther()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.TryLogon(Gate.Client("a.exe") with { Version = new(11, 0, 0, 0) }, out var leaving, out _);
        var staying = gatekeeper.Logon(@"C:\x\A.EXE");
        leaving!.Dispose();

        gatekeeper.Apply(Gate.Blocking("a.exe"));

        staying.IsDisconnected.Should().BeTrue();
    }
}
