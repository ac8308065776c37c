using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Sessions;

/// <summary>Callbacks that hang or dawdle by the thousand: the host's own pool may starve, the gate breeds no threads for it.</summary>
public class HangingCallbackTests
{
    private const int Sessions = 1500;
    private const string Denied = "denied.exe";

    [Fact]
    public void ByTheThousand_BreedNoThreads_AndHoldUpNeitherApplyNorLogons()
    {
        using var never = new ManualResetEventSlim();
        using var returned = new CountdownEvent(Sessions);
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        for (var i = 0; i < Sessions; i++)
        {
            LogOn(gatekeeper, Denied).Disconnected.Register(() =>
            {
                never.Wait();
                returned.Signal();
            });
        }

        var before = ProcessThreads.Count;
        gatekeeper.Apply(Blocking(Denied)).Disconnected.Should().Be(Sessions);

        // The thread pool adds one or two in a second; whoever breeds them has fifty by then, and goes on.
        var most = before;
        SpinWait.SpinUntil(() => (most = Math.Max(most, ProcessThreads.Count)) > before + 20, TimeSpan.FromSeconds(1));
        LogOn(gatekeeper, "good.exe").IsDisconnected.Should().BeFalse();
        gatekeeper.Apply(Blocking("good.exe")).Disconnected.Should().Be(1);
        never.Set();
        returned.WaitHandle.WaitWithinBounds();

        most.Should().BeLessThan(before + 20);
    }

    [Fact]
    public void OverManyChanges_BreedNoThreads()
    {
        using var never = new ManualResetEventSlim();
        using var returned = new CountdownEvent(300);
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var before = ProcessThreads.Count;
        for (var change = 0; change < returned.InitialCount; change++)
        {
            LogOn(gatekeeper, Denied).Disconnected.Register(() =>
            {
                never.Wait();
                returned.Signal();
            });
            gatekeeper.Apply(Blocking(Denied)).Disconnected.Should().Be(1);
            gatekeeper.Apply(ConnectionPolicy.AllowAll);
        }

        var most = before;
        SpinWait.SpinUntil(() => (most = Math.Max(most, ProcessThreads.Count)) > before + 20, TimeSpan.FromSeconds(1));
        never.Set();
        returned.WaitHandle.WaitWithinBounds();

        most.Should().BeLessThan(before + 20);
    }

    [Fact]
    public void ThatDawdle_RunBesideEachOther_AsFarAsTheHostsPoolHasRoom()
    {
        // Each is slow, none hangs. The host has given its pool room for all of them.
        const int slow = 200;
        using var room = new PoolRoom(slow + 20);
        using var pause = new ManualResetEventSlim();
        using var told = new CountdownEvent(slow);
        var (now, most) = (0, 0);
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        for (var i = 0; i < slow; i++)
        {
            LogOn(gatekeeper, Denied).Disconnected.Register(() =>
            {
                var running = Interlocked.Increment(ref now);
                for (var seen = Volatile.Read(ref most); running > seen && Interlocked.CompareExchange(ref most, running, seen) != seen; seen = Volatile.Read(ref most))
                {
                }

                pause.Wait(TimeSpan.FromMilliseconds(10));
                Interlocked.Decrement(ref now);
                told.Signal();
            });
        }

        gatekeeper.Apply(Blocking(Denied));
        told.WaitHandle.WaitWithinBounds();

        most.Should().BeGreaterThan(Environment.ProcessorCount * 4, "one session's callback is no reason for another to wait");
    }

    [Fact]
    public void RunOnTheHostsThreadPool()
    {
        // There a host sees them, in dotnet.thread_pool.queue.length, and gives them room.
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        using var told = new ManualResetEvent(false);
        var onThePool = false;
        LogOn(gatekeeper, Denied).Disconnected.Register(() =>
        {
            onThePool = Thread.CurrentThread.IsThreadPoolThread;
            told.Set();
        });

        gatekeeper.Apply(Blocking(Denied));
        told.WaitWithinBounds();

        onThePool.Should().BeTrue();
    }

    private static IConnectionPolicy Blocking(string processes) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes });

    private static MapiSession LogOn(Gatekeeper gatekeeper, string processName)
    {
        gatekeeper.TryLogon(new MapiClient { ProcessNames = [processName] }, out var session, out _).Should().BeTrue();
        return session!;
    }
}
