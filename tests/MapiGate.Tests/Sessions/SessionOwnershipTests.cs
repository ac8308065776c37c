namespace MapiGate.Tests.Sessions;

/// <summary>A session is its host's: whoever looks at the table can see it and not end it.</summary>
public class SessionOwnershipTests
{
    private readonly Gatekeeper _gatekeeper = new(ConnectionPolicy.AllowAll);

    [Fact]
    public void WhoeverEnumeratesTheSessions_CannotReleaseThem()
    {
        using var session = _gatekeeper.Logon("a.exe");

        foreach (object shown in _gatekeeper.Sessions)
        {
            (shown as IDisposable)?.Dispose();
        }

        _gatekeeper.Sessions.Count.Should().Be(1);
        _gatekeeper.Apply(Gate.Blocking("a.exe"));
        session.IsDisconnected.Should().BeTrue("its connection would live on ungated");
    }

    [Fact]
    public void WhoeverPreviewsAChange_CannotReleaseWhomItNames()
    {
        using var session = _gatekeeper.Logon("a.exe");

        foreach (object shown in _gatekeeper.Preview(Gate.Blocking("a.exe")).Disconnected)
        {
            (shown as IDisposable)?.Dispose();
        }

        _gatekeeper.Apply(Gate.Blocking("a.exe"));
        session.IsDisconnected.Should().BeTrue("its connection would live on ungated");
    }
}
