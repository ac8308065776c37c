namespace MapiGate.Tests.Sessions;

public class SessionTableTests
{
    [Fact]
    public void CountByProcess_CountsByFileNameWithoutRegardToCase()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.Logon("OUTLOOK.EXE");
        gatekeeper.Logon(@"C:\Office\outlook.exe");
        gatekeeper.Logon("MFCMapi.exe");
        gatekeeper.Logon("");

        var counts = gatekeeper.Sessions.CountByProcess();

        counts.Should().HaveCount(3);
        counts["outlook.exe"].Should().Be(2);
        counts["mfcmapi.exe"].Should().Be(1);
        counts[""].Should().Be(1);
    }

    [Fact]
    public void Dispose_InAnyOrder_LeavesExactlyTheOthers()
    {
        var random = new Random(2003);
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var alive = new List<MapiSession>();
        for (var step = 0; step < 20_000; step++)
        {
            if (alive.Count == 0 || random.Next(100) < (step < 10_000 ? 60 : 40))
            {
                alive.Add(gatekeeper.Logon($"program{random.Next(5)}.exe"));
            }
            else
            {
                var leaving = random.Next(alive.Count);
                alive[leaving].Dispose();
                alive.RemoveAt(leaving);
            }
        }

        gatekeeper.Sessions.Count.Should().Be(alive.Count);
        gatekeeper.Ids().SetEquals(alive.Select(session => session.Id)).Should().BeTrue();
        gatekeeper.Sessions.Select(session => session.Id).Should().OnlyHaveUniqueItems();

        alive.ForEach(session => session.Dispose());
        gatekeeper.Sessions.Should().BeEmpty();
        gatekeeper.Sessions.CountByProcess().Should().BeEmpty();
    }

    [Fact]
    public void Dispose_ThenThePolicyDeniesIt_WasNeverDisconnected()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");

        session.Dispose();
        session.Dispose();
        var receipt = gatekeeper.Apply(Gate.Blocking("a.exe"));

        receipt.Disconnected.Should().Be(0);
        session.IsDisconnected.Should().BeFalse();
        gatekeeper.Sessions.Should().BeEmpty();
    }

    [Fact]
    public void AfterRefusalsReleasesAndDisconnects_NothingIsLeftInMemory()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("refused.exe"));
        using var staying = gatekeeper.Logon("some leave.exe");
        var sessions = MakeAndEnd(gatekeeper);

        // The gate's own threads may still be on their way through the disconnected sessions.
        SpinWait.SpinUntil(() => { GC.Collect(); return sessions.TrueForAll(session => !session.IsAlive); }, TimeSpan.FromSeconds(30))
            .Should().BeTrue();
        gatekeeper.Sessions.Should().ContainSingle();

        // A method of its own, so that no local of this one keeps a session alive.
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static List<WeakReference> MakeAndEnd(Gatekeeper gatekeeper)
        {
            // Neither all that go, nor so many that their room goes with them.
            var leaving = Enumerable.Range(0, 30).Select(_ => gatekeeper.Logon("some leave.exe")).ToList();
            leaving.ForEach(session => session.Dispose());

            var ended = leaving.ConvertAll(session => new WeakReference(session));
            for (var i = 0; i < 300; i++)
            {
                var released = gatekeeper.Logon($"invented{i}.exe");
                released.Dispose();
                var disconnected = gatekeeper.Logon("disconnected.exe");
                ended.AddRange([new WeakReference(released), new WeakReference(disconnected), new WeakReference(disconnected.Client)]);
                gatekeeper.TryLogon(Gate.Client("refused.exe"), out _, out _).Should().BeFalse();
            }

            gatekeeper.Apply(Gate.Blocking("disconnected.exe")).Completion.IsCompleted.Should().BeFalse();
            return ended;
        }
    }

    [Fact]
    public void ACallbackThatNeverReturns_KeepsNobodyElsesSessionInMemory()
    {
        using var never = new ManualResetEvent(false);
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var others = MakeAndDisconnect(gatekeeper, never);

        SpinWait.SpinUntil(() => { GC.Collect(); return others.TrueForAll(session => !session.IsAlive); }, TimeSpan.FromSeconds(30))
            .Should().BeTrue();
        never.Set();

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static List<WeakReference> MakeAndDisconnect(Gatekeeper gatekeeper, WaitHandle never)
        {
            var others = new List<WeakReference>();
            for (var i = 0; i < 100; i++)
            {
                var session = gatekeeper.Logon("a.exe");
                session.Disconnected.Register(i == 50 ? () => never.WaitOne() : () => { });
                if (i != 50)
                {
                    others.Add(new WeakReference(session));
                }
            }

            gatekeeper.Apply(Gate.Blocking("a.exe"));
            return others;
        }
    }
}
