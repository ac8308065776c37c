using System.Collections.Concurrent;
using MapiGate.TestSupport;

namespace MapiGate.Tests.Sessions;

/// <summary>Whatever a host does in a callback, nobody else waits for it.</summary>
public class DisconnectIsolationTests
{
    [Fact]
    public async Task Callbacks_RunOnAnotherThreadThanApply()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var ranOn = new TaskCompletionSource<Thread>();
        gatekeeper.Logon("a.exe").Disconnected.Register(() => ranOn.SetResult(Thread.CurrentThread));

        gatekeeper.Apply(Gate.Blocking("a.exe"));

        (await ranOn.Task.WithinBounds()).Should().NotBeSameAs(Thread.CurrentThread);
    }

    [Fact]
    public async Task CallbacksThatNeverReturn_HoldUpNeitherApplyNorOthersNorLogons()
    {
        using var never = new ManualResetEvent(false);
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        using var told = new CountdownEvent(5);
        for (var i = 0; i < 5; i++)
        {
            gatekeeper.Logon("a.exe").Disconnected.Register(() => never.WaitOne());
            gatekeeper.Logon("a.exe").Disconnected.Register(() => told.Signal());
        }

        var receipt = await ApplyAsync(gatekeeper, "a.exe");

        receipt.Disconnected.Should().Be(10);
        gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out _).Should().BeTrue();
        told.WaitHandle.WaitWithinBounds();

        // And the next change is not held up by those who still hang.
        var later = new TaskCompletionSource();
        gatekeeper.Logon("c.exe").Disconnected.Register(later.SetResult);
        await ApplyAsync(gatekeeper, "c.exe");
        await later.Task.WithinBounds();
        never.Set();
    }

    [Fact]
    public async Task Callbacks_OfSessionsDeniedOneByOne_Run()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var told = new TaskCompletionSource();
        gatekeeper.Logon("a.exe", "bob");
        gatekeeper.Logon("a.exe", "jane").Disconnected.Register(told.SetResult);

        gatekeeper.Apply(Gate.Judging(client => client.UserName == "jane"));

        await told.Task.WithinBounds();
    }

    [Fact]
    public async Task ACallbackOfOneAmongManyWithNone_Runs()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var told = new TaskCompletionSource();
        for (var i = 0; i < 5000; i++)
        {
            var session = gatekeeper.Logon(i % 2 == 0 ? "a.exe" : "b.exe");
            if (i == 3000)
            {
                session.Disconnected.Register(told.SetResult);
            }
        }

        gatekeeper.Apply(Gate.Blocking("a.exe; b.exe"));

        await told.Task.WithinBounds();
    }

    [Fact]
    public async Task OneCallbackThatNeverReturns_HoldsUpNeitherItsNeighboursNorALaterChange()
    {
        using var never = new ManualResetEvent(false);
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        for (var change = 0; change < 5; change++)
        {
            using var told = new CountdownEvent(3);
            gatekeeper.Apply(ConnectionPolicy.AllowAll);
            gatekeeper.Logon("a.exe").Disconnected.Register(() => never.WaitOne());
            for (var i = 0; i < told.InitialCount; i++)
            {
                gatekeeper.Logon("a.exe").Disconnected.Register(() => told.Signal());
            }

            await ApplyAsync(gatekeeper, "a.exe");

            told.WaitHandle.WaitWithinBounds();
        }

        never.Set();
    }

    [Fact]
    public async Task ACallbackThatThrows_IsLoggedForItsOwnSession_AndStopsNobodyElses()
    {
        var log = new RecordingLogger();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: log.For<Gatekeeper>());
        var told = new ConcurrentBag<int>();
        using var all = new CountdownEvent(10);
        for (var i = 0; i < 10; i++)
        {
            var number = i;
            gatekeeper.Logon("a.exe", $"user{i}").Disconnected.Register(() =>
            {
                told.Add(number);
                all.Signal();
                if (number == 3)
                {
                    throw new InvalidOperationException("host bug");
                }
            });
        }

        gatekeeper.Apply(Gate.Blocking("a.exe"));
        all.WaitHandle.WaitWithinBounds();

        told.Should().HaveCount(10);
        (await log.WaitForAsync("DisconnectCallbackFailed")).Message.Should().Contain("user3");
    }

    [Fact]
    public async Task ACallback_MayReleaseLogOnAgainAndApply()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");
        var done = new TaskCompletionSource<(bool, long)>();
        session.Disconnected.Register(() =>
        {
            session.Dispose();
            var back = gatekeeper.TryLogon(session.Client, out _, out _);
            done.SetResult((back, gatekeeper.Apply(ConnectionPolicy.AllowAll).Revision));
        });

        var receipt = gatekeeper.Apply(Gate.Blocking("a.exe"));

        (await done.Task.WithinBounds()).Should().Be((false, 2L));
        await receipt.Completion.WithinBounds();
    }

    [Fact]
    public void Disconnected_TakenAfterwards_IsAlreadyCancelled()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");
        gatekeeper.Apply(Gate.Blocking("a.exe"));

        session.Disconnected.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public void Disconnected_TakenWhileThePolicyChanges_IsCancelledAllTheSame()
    {
        for (var round = 0; round < 2000; round++)
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
            var session = gatekeeper.Logon("a.exe");
            using var told = new ManualResetEvent(false);
            using var start = new Barrier(2);
            var host = new Thread(() =>
            {
                start.SignalAndWait();
                session.Disconnected.Register(() => told.Set());
            });
            host.Start();

            start.SignalAndWait();
            gatekeeper.Apply(Gate.Blocking("a.exe"));

            told.WaitWithinBounds();
            host.Join();
        }
    }

    // A change that waits for what never comes shall fail a test, and not hang it. A thread of its own: the pool's may be held.
    private static Task<PolicyReceipt> ApplyAsync(Gatekeeper gatekeeper, string processes) =>
        Task.Factory.StartNew(() => gatekeeper.Apply(Gate.Blocking(processes)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WithinBounds();
}
