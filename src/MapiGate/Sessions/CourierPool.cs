using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>
/// The threads that run hosts' disconnect callbacks. All gatekeepers share them: they are idle but for moments, and a
/// thread takes longer to start than to tell a thousand sessions.
/// </summary>
/// <remarks>
/// The thread pool would not do. A callback that never returns takes a thread for good; the pool replaces such a thread
/// once every half second or so, and the host's own work would wait with ours. Here each look that finds all threads
/// stuck on the callback they were already in starts as many again, so that a hundred hung callbacks hold the others
/// up for a fraction of a second. Threads that have had nothing to tell for a while end.
/// </remarks>
internal sealed class CourierPool
{
    // Wall-clock times on purpose: they watch real threads, whatever clock the host's policies go by.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(10);

    // Two thousand sessions or so. For fewer it would take longer to wake a second thread than the first has to work.
    private const int RunsWorthACourier = 4;

    private readonly object _lock = new();
    private readonly object _watch = new();
    private readonly Queue<(SessionBatch Batch, ILogger Logger)> _waiting = [];
    private readonly Queue<SessionRun> _begun = [];
    private readonly List<Courier> _couriers = [];
    private int _idle;
    private bool _isWatched;

    public static CourierPool Shared { get; } = new();

    public void Post(IEnumerable<SessionBatch> batches, ILogger logger)
    {
        lock (_lock)
        {
            foreach (var batch in batches)
            {
                _waiting.Enqueue((batch, logger));
            }

            // To wake a thread takes as long as to tell some hundred sessions, and the time is the caller's: one is
            // enough, it wakes the others.
            CallOneMore();
            if (!_isWatched)
            {
                _isWatched = true;
                StartThread(Watch);
            }
        }
    }

    /// <summary>Hands out a run with sessions left to tell; <see langword="null"/> when the courier may go.</summary>
    public SessionRun? TakeRun(Courier courier)
    {
        lock (_lock)
        {
            while (true)
            {
                if (NextRun(courier) is { } run)
                {
                    if (_waiting.Count >= RunsWorthACourier || _waiting.Sum(waiting => waiting.Batch.RunsLeft) >= RunsWorthACourier)
                    {
                        CallOneMore();
                    }

                    return run;
                }

                if (!WaitForWork(courier))
                {
                    _couriers.Remove(courier);
                    return null;
                }
            }
        }
    }

    private static void StartThread(ThreadStart run) =>
        new Thread(run) { IsBackground = true, Name = "MapiGate disconnect" }.UnsafeStart();

    private bool WaitForWork(Courier courier)
    {
        _idle++;
        courier.IsIdle = true;
        var isWanted = Monitor.Wait(_lock, LongestIdle);
        courier.IsIdle = false;
        _idle--;
        return isWanted || IsWorkLeft();
    }

    private void CallOneMore()
    {
        if (_idle > 0)
        {
            Monitor.Pulse(_lock);
        }
        else if (_couriers.Count(courier => !courier.IsStuck) < Environment.ProcessorCount)
        {
            StartCourier();
        }
    }

    private void StartCourier()
    {
        var courier = new Courier(this);
        _couriers.Add(courier);
        StartThread(courier.Run);
    }

    // Runs not begun come first. One that is begun stays within reach until nothing is left of it: whoever has it may get stuck.
    private SessionRun? NextRun(Courier courier)
    {
        while (_waiting.TryPeek(out var waiting))
        {
            if (waiting.Batch.TakeRun(courier, waiting.Logger) is { } run)
            {
                _begun.Enqueue(run);
                return run;
            }

            _waiting.Dequeue();
        }

        for (var left = _begun.Count; left > 0; left--)
        {
            var run = _begun.Dequeue();
            if (run.IsExhausted)
            {
                continue;
            }

            _begun.Enqueue(run);
            if (run.Owner.IsStuck)
            {
                run.Share();
                return run;
            }
        }

        SpareRoom.GiveBack(_waiting);
        SpareRoom.GiveBack(_begun);
        return null;
    }

    private bool IsWorkLeft()
    {
        while (_begun.TryPeek(out var run) && run.IsExhausted)
        {
            _begun.Dequeue();
        }

        return _waiting.Count > 0 || _begun.Count > 0;
    }

    // A thread and not a timer, whose callbacks need the thread pool. It looks on for as long as couriers stay, so that
    // nobody has to wake it.
    private void Watch()
    {
        lock (_watch)
        {
            while (Look())
            {
                Monitor.Wait(_watch, LookInterval);
            }
        }
    }

    private bool Look()
    {
        lock (_lock)
        {
            var all = _couriers.Count;
            var stuck = _couriers.Count(courier => courier.CheckIsStuck());
            if (IsWorkLeft())
            {
                CallOneMore();
                for (var i = 0; stuck == all && i < stuck; i++)
                {
                    StartCourier();
                }
            }

            _isWatched = _waiting.Count > 0 || _begun.Count > 0 || _couriers.Count > stuck;
            return _isWatched;
        }
    }
}
