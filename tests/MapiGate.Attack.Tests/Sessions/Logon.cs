namespace MapiGate.Attack.Tests.Sessions;

/// <summary>One logon as its host saw it: what it asked, what it got, and between which revisions.</summary>
internal sealed class Logon(Gatekeeper gatekeeper, MapiClient client)
{
    private bool _releasesWhenTold;
    private int _told;

    public MapiClient Client => client;

    public MapiSession? Session { get; private set; }

    public ConnectionVerdict Verdict { get; private set; }

    /// <summary>The revision before it was asked, and the one after it was answered: it was judged by one of those.</summary>
    public (long From, long To) Asked { get; private set; }

    /// <summary>The same for the release; <see langword="null"/> for a session still held.</summary>
    public (long From, long To)? Released { get; private set; }

    /// <summary>How often its host was told that it was disconnected.</summary>
    public int Told => Volatile.Read(ref _told);

    public bool IsListening { get; private set; }

    /// <summary>Whether anybody has released it, or will once it is told.</summary>
    public bool IsReleased => Released is not null || _releasesWhenTold;

    public static Logon Try(Gatekeeper gatekeeper, Random random)
    {
        var logon = new Logon(gatekeeper, Clients.Next(random));
        var from = gatekeeper.Revision;
        gatekeeper.TryLogon(logon.Client, out var session, out var verdict);
        logon.Asked = (from, gatekeeper.Revision);
        (logon.Session, logon.Verdict) = (session, verdict);
        if (session is not null && random.Next(3) == 0)
        {
            logon.IsListening = true;
            logon._releasesWhenTold = random.Next(2) == 0;
            session.Disconnected.Register(logon.Hear);
        }

        return logon;
    }

    public void Release()
    {
        var from = gatekeeper.Revision;
        Session!.Dispose();
        Released ??= (from, gatekeeper.Revision);
    }

    private void Hear()
    {
        Interlocked.Increment(ref _told);
        if (_releasesWhenTold)
        {
            Session!.Dispose();
        }
    }
}
