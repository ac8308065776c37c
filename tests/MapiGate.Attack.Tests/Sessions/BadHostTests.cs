using MapiGate.TestSupport;
using Microsoft.Extensions.Logging;

namespace MapiGate.Attack.Tests.Sessions;

/// <summary>Hosts that do everything wrong, all at once, while well-behaved ones log on and off.</summary>
public class BadHostTests
{
    // The callbacks that hang hold threads of the pool, and those that are not theirs wait for the pool to grow.
    private const int OfEachKind = 10;
    private const string Denied = "denied.exe";

    [Fact]
    public async Task CallbacksOfEveryBadKindAtOnce_HoldUpNeitherApplyNorTheGoodOnesNorLogons()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        using var never = new ManualResetEvent(false);
        using var stop = new CancellationTokenSource();
        using var told = new CountdownEvent(OfEachKind);
        Action<MapiSession>[] kinds =
        [
            _ => throw new InvalidOperationException("host bug"),
            _ => never.WaitOne(),
            session => gatekeeper.TryLogon(session.Client, out _, out _),
            session => session.Dispose(),
            _ => gatekeeper.Apply(Blocking(Denied)),
            _ => gatekeeper.Preview(Blocking(Denied)).Disconnected.Should().BeEmpty(),
            _ => gatekeeper.Sessions.CountByProcess(),
            session => session.Disconnected.Register(session.Dispose),
            _ => told.Signal(),
        ];
        for (var i = 0; i < OfEachKind; i++)
        {
            foreach (var kind in kinds)
            {
                var session = LogOn(gatekeeper, Denied);
                session.Disconnected.Register(() => kind(session));
            }
        }

        var host = new GoodHost(gatekeeper, stop.Token);
        var others = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(host.Run, TaskCreationOptions.LongRunning)).ToArray();
        var apply = Task.Run(() => gatekeeper.Apply(Blocking(Denied)));

        (await apply.WithinBounds()).Disconnected.Should().Be(OfEachKind * kinds.Length);
        told.WaitHandle.WaitWithinBounds();
        var before = host.Logons;
        SpinWait.SpinUntil(() => host.Logons > before + 1000, TimeSpan.FromSeconds(30)).Should().BeTrue("logons of others go on");
        SpinWait.SpinUntil(() => gatekeeper.Revision == 1 + OfEachKind, TimeSpan.FromSeconds(60)).Should().BeTrue("each Apply from a callback was made");
        await stop.CancelAsync();
        await Task.WhenAll(others).WithinBounds();

        host.Disconnected.Should().Be(0, "nobody denied the good host's program");
        gatekeeper.Sessions.Should().BeEmpty();
        never.Set();
    }

    [Fact]
    public async Task ALogThatThrows_CostsNoSessionItsNotice()
    {
        // Not only a notice: on a thread of the gate's own, the exception would have ended the process.
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: ThrowingLogger("SessionDisconnected", "DisconnectCallbackFailed"));
        using var told = new CountdownEvent(50);
        var sessions = Enumerable.Range(0, 50).Select(_ => LogOn(gatekeeper, Denied)).ToList();
        sessions.ForEach(session => session.Disconnected.Register(() =>
        {
            told.Signal();
            throw new InvalidOperationException("host bug");
        }));

        var receipt = gatekeeper.Apply(Blocking(Denied));

        told.WaitHandle.WaitWithinBounds();
        sessions.ForEach(session => session.Dispose());
        await receipt.Completion.WithinBounds();
    }

    [Fact]
    public void ALogThatThrowsAtALogon_CostsNobodyTheSession()
    {
        var reporting = ConnectionPolicy.FromOptions(new MapiGateOptions { Mode = PolicyMode.ReportOnly, DisableMapiClientProcesses = Denied });
        var gatekeeper = new Gatekeeper(reporting, logger: ThrowingLogger("LogonReported"));

        LogOn(gatekeeper, Denied).Dispose();

        gatekeeper.Sessions.Should().BeEmpty();
        gatekeeper.Journal.Recent.Should().ContainSingle(entry => entry.Kind == JournalEntryKind.LogonReported, "what the log lost is not lost");
    }

    private static IConnectionPolicy Blocking(string processes) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes });

    private static MapiClient Client(string processName) => new() { ProcessNames = [processName] };

    private static MapiSession LogOn(Gatekeeper gatekeeper, string processName)
    {
        gatekeeper.TryLogon(Client(processName), out var session, out _).Should().BeTrue();
        return session!;
    }

    private static ILogger<Gatekeeper> ThrowingLogger(params string[] events) =>
        new LoggerFactory([new ThrowingLoggerProvider(events)]).CreateLogger<Gatekeeper>();

    /// <summary>Logs on and off with a program that nobody denies.</summary>
    private sealed class GoodHost(Gatekeeper gatekeeper, CancellationToken stopped)
    {
        private long _logons;
        private long _disconnected;

        public long Logons => Interlocked.Read(ref _logons);

        public long Disconnected => Interlocked.Read(ref _disconnected);

        public void Run()
        {
            while (!stopped.IsCancellationRequested)
            {
                using var session = LogOn(gatekeeper, "OUTLOOK.EXE");
                Interlocked.Increment(ref _logons);
                Interlocked.Add(ref _disconnected, session.IsDisconnected ? 1 : 0);
            }
        }
    }
}
