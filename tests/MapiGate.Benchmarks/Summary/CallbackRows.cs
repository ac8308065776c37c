namespace MapiGate.Benchmarks;

/// <summary>A change that denies many sessions, each with a callback, until the call returns, against cancelling as many sources.</summary>
internal static class CallbackRows
{
    public static IEnumerable<SummaryRow> Measure()
    {
        Disconnects.WarmUp();
        var clients = Crowd.Create(Crowd.Size);
        var load = new GateLoad(clients);
        foreach (var changes in Disconnects.Of(clients, load))
        {
            var count = changes[0].Count;
            var turns = new Turns<DisconnectLoad>(changes);
            var times = Pairs.Measure(() => Deny(turns.Next()), () => Cancel(count), Disconnects.PairsFor(count));
            yield return SummaryRow.Of($"Apply that denies {count:N0} of 1M, each with a callback", times, goal: 1.3);
            yield return new SummaryRow(
                "  slowest logon of another program meanwhile",
                Figure.Time(Pairs.Median(Enumerable.Range(0, 5).Select(_ => SlowestLogon(turns.Next(), load)))));
        }
    }

    // Until the call returns: every token is cancelled then, and the callbacks are on their way.
    private static double Deny(DisconnectLoad denied)
    {
        using var callbacks = new CallbackTally(denied.Count);
        denied.Listen(callbacks);
        PolicyReceipt? receipt = null;

        // What the side before left behind is not this side's to collect.
        GC.Collect();
        var time = Clock.Time(() => receipt = denied.Deny());
        callbacks.Wait();
        denied.Restore(receipt!);
        return time / denied.Count;
    }

    private static double Cancel(int count)
    {
        var sources = new CancelLoad(count);
        GC.Collect();
        var time = Clock.Time(sources.CancelAll);
        sources.Wait();
        return time / count;
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
