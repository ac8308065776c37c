using MapiGate.TestSupport;
using Xunit.Abstractions;

namespace MapiGate.Tests.Sessions;

/// <summary>Logons on several threads against a policy that flips: after each change nobody it denies may be left.</summary>
public class LogonRaceTests(ITestOutputHelper output)
{
    private const int Flips = 30_000;
    private const double ShareOfACase = 0.2;

    [Theory]
    [InlineData(false, 4, 1)]
    [InlineData(true, 4, 1)]
    [InlineData(false, 4, 16)]
    [InlineData(true, 4, 16)]
    public void NoSessionSurvivesAPolicyThatDeniesIt(bool custom, int threads, int heldByEachThread)
    {
        var denying = custom ? Gate.Judging(client => client.ProcessName == "bad.exe") : Gate.Blocking("bad.exe");

        // A policy that takes its time leaves a logon long between its judgement and the table: changes fall between.
        var allowing = custom ? Gate.Judging(_ => { Thread.SpinWait(300); return false; }) : ConnectionPolicy.AllowAll;
        var gatekeeper = new Gatekeeper(allowing);
        var hosts = Enumerable.Range(0, threads).Select(_ => new LogonLoop(gatekeeper, heldByEachThread)).ToList();
        hosts.ForEach(host => host.Start());

        var survivors = 0;
        var logons = 0L;
        var run = new LongRun(Flips, ShareOfACase);
        while (run.Next())
        {
            gatekeeper.Apply(denying);
            survivors += gatekeeper.Sessions.Count(session => session.Client.ProcessName == "bad.exe");
            survivors += hosts.Sum(host => host.CountSurvivors());
            gatekeeper.Apply(allowing);
        }

        gatekeeper.Apply(denying);
        hosts.ForEach(host => host.Stop());
        logons = hosts.Sum(host => host.Logons);

        output.WriteLine($"{run.Rounds} times denied and let in again, {logons} logons let in");
        survivors.Should().Be(0);
        logons.Should().BeGreaterThan(1000, "the race must have been run");
        hosts.SelectMany(host => host.Held).Should().NotContain(session => !session.IsDisconnected);
        gatekeeper.Sessions.Should().BeEmpty();
    }

    /// <summary>
    /// A program's last session leaves, and its group with it, while another is on its way to join: whoever looks for a
    /// session keeps both waiting, and either may come first.
    /// </summary>
    [Fact]
    public void ASessionLetIn_IsFound_UntilItIsReleased()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        for (var i = 0; i < 1_000; i++)
        {
            gatekeeper.TryLogon(Gate.Client("resident.exe"), out _, out _);
        }

        var lost = 0;
        Parallel.For(0, 3, _ =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                gatekeeper.TryLogon(Gate.Client("comes and goes.exe"), out var session, out var _).Should().BeTrue();
                if (!gatekeeper.Sessions.TryGet(session!.Id, out var _))
                {
                    Interlocked.Increment(ref lost);
                }

                session.Dispose();
            }
        });

        lost.Should().Be(0);
        gatekeeper.Sessions.CountByProcess().Should().BeEquivalentTo(new Dictionary<string, int> { ["resident.exe"] = 1_000 });
    }

    private sealed class LogonLoop(Gatekeeper gatekeeper, int held)
    {
        private readonly MapiSession?[] _held = new MapiSession?[held];
        private readonly MapiClient _client = Gate.Client("bad.exe");
        private Thread? _thread;
        private volatile bool _stopped;

        public long Logons { get; private set; }

        public IEnumerable<MapiSession> Held => _held.OfType<MapiSession>();

        public void Start()
        {
            _thread = new Thread(Run) { IsBackground = true };
            _thread.Start();
        }

        public void Stop()
        {
            _stopped = true;
            _thread!.Join(TimeSpan.FromMinutes(1)).Should().BeTrue();
        }

        /// <summary>Sessions that a logon has returned, and that were neither released nor disconnected.</summary>
        public int CountSurvivors()
        {
            var survivors = 0;
            for (var i = 0; i < _held.Length; i++)
            {
                // A session is taken out of its place before it is released: one still there was not.
                if (Volatile.Read(ref _held[i]) is { IsDisconnected: false } session && ReferenceEquals(Volatile.Read(ref _held[i]), session) && !session.IsDisconnected)
                {
                    survivors++;
                }
            }

            return survivors;
        }

        private void Run()
        {
            for (var place = 0; !_stopped; place = (place + 1) % _held.Length)
            {
                var old = Volatile.Read(ref _held[place]);
                Volatile.Write(ref _held[place], null);
                old?.Dispose();
                if (gatekeeper.TryLogon(_client, out var session, out _))
                {
                    Volatile.Write(ref _held[place], session);
                    Logons++;
                }
            }
        }
    }
}
