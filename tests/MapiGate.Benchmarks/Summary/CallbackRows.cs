using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>A change that denies many sessions, each with a callback, until the last has run, against cancelling as many sources.</summary>
internal static class CallbackRows
{
    public static IEnumerable<SummaryRow> Measure()
    {
        Disconnects.WarmUp();
        var clients = Crowd.Create(Crowd.Size);
        var load = new GateLoad(clients);
        foreach (var denied in Disconnects.Of(clients, load))
        {
            var calls = new List<double>();
            var logons = new List<double>();
            var times = Pairs.Measure(() => Deny(denied, calls), () => Cancel(denied.Count), Disconnects.PairsFor(denied));
            yield return SummaryRow.Of($"Apply that denies {denied.Count:N0} of 1M, each, until all callbacks ran", times, goal: 1.3);

            if (denied.Count < 10_000)
            {
                yield return new SummaryRow("  of which, once: to wake a thread that waits", Figure.Time(WakeUp.Measure() / denied.Count));
            }

            yield return new SummaryRow("  the call itself", Figure.Time(Pairs.Median(calls)), Goal: "no wait", IsMet: ReturnsBeforeCallbacksHaveRun(denied));

            for (var i = 0; i < 5; i++)
            {
                logons.Add(SlowestLogon(denied, load));
            }

            yield return new SummaryRow("  slowest logon of another program meanwhile", Figure.Time(Pairs.Median(logons)));
        }
    }

    private static double Deny(DisconnectLoad denied, List<double> calls)
    {
        using var callbacks = new CallbackTally(denied.Count);
        denied.Listen(callbacks);
        var start = Stopwatch.GetTimestamp();
        var receipt = denied.Deny();
        calls.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        callbacks.Wait();
        denied.Restore(receipt);
        return Stopwatch.GetElapsedTime(start, callbacks.EndedAt).TotalNanoseconds / denied.Count;
    }

    private static double Cancel(int count)
    {
        var sources = new CancelLoad(count);
        return Clock.Time(sources.CancelAll) / count;
    }

    // A callback that ends only when the call has returned: a call that waited for it would wait in vain.
    private static bool ReturnsBeforeCallbacksHaveRun(DisconnectLoad denied)
    {
        using var hasReturned = new ManualResetEventSlim();
        using var hasRun = new ManualResetEventSlim();
        var isBefore = false;
        denied.ListenToOne(() =>
        {
            isBefore = hasReturned.Wait(TimeSpan.FromSeconds(10));
            hasRun.Set();
        });
        var receipt = denied.Deny();
        hasReturned.Set();
        hasRun.Wait();
        denied.Restore(receipt);
        return isBefore;
    }

    private static double SlowestLogon(DisconnectLoad denied, GateLoad load)
    {
        using var callbacks = new CallbackTally(denied.Count);
        denied.Listen(callbacks);
        var client = new MapiClient { ProcessNames = ["elsewhere.exe"] };
        var slowest = 0.0;
        using var isReady = new ManualResetEventSlim();
        var others = new Thread(() =>
        {
            while (!callbacks.AllHaveRun)
            {
                slowest = Math.Max(slowest, Clock.Time(() => load.Logon(client).Dispose()));
                isReady.Set();
            }
        });
        others.Start();
        isReady.Wait();
        slowest = 0;
        var receipt = denied.Deny();
        others.Join();
        denied.Restore(receipt);
        return slowest;
    }
}
