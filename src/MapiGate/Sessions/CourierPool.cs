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
#pragma warning disable CA1001 // There is one, and it lives as long as the process.
internal sealed class CourierPool
#pragma warning restore CA1001
{
    // Wall-clock times on purpose: they watch real threads, whatever clock the host's policies go by.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly SemaphoreSlim _toWatch = new(0);
    private readonly Queue<(SessionBatch Batch, ILogger Logger)> _waiting = [];
    private readonly Queue<SessionRun> _begun = [];
    private readonly List<Courier> _couriers = [];
    private int _idle;
    private bool _isWatched;
    private bool _hasWatcher;

    public static CourierPool Shared { get; } = new();

    public void Post(IEnumerable<SessionBatch> batches, ILogger logger)
    {
        lock (_lock)
        {
            foreach (var batch in batches)
            {
                _waiting.Enqueue((batch, logger));
            }

            // To wake a thread takes time that is the caller's: one is enough, it wakes the others.
            if (_idle == 0)
            {
                EnsureWatched();
            }

            CallOneMore();
        }
    }

    /// <summary>Hands out a run with sessions left to tell; <see langword="null"/> when the courier may go.</summary>
    public SessionRun? TakeRun(Courier courier)
    {
        lock (_lock)
        {
            while (true)
            {
                if (NextRun() is { } run)
                {
                    EnsureWatched();
                    if (IsWorkLeft())
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

    // Runs not begun come first, so that couriers are in each other's way only at the end. One that is begun stays
    // within reach until nothing is left of it: whoever has it may be stuck.
    private SessionRun? NextRun()
    {
        while (_waiting.TryPeek(out var waiting))
        {
            if (waiting.Batch.TakeRun(waiting.Logger) is { } run)
            {
                _begun.Enqueue(run);
                return run;
            }

            _waiting.Dequeue();
        }

        while (_begun.TryDequeue(out var run))
        {
            if (!run.IsExhausted)
            {
                _begun.Enqueue(run);
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

    private void EnsureWatched()
    {
        if (_isWatched)
        {
            return;
        }

        _isWatched = true;
        if (_hasWatcher)
        {
            _toWatch.Release();
        }
        else
        {
            _hasWatcher = true;
            StartThread(Watch);
        }
    }

    // A thread and not a timer, whose callbacks need the thread pool.
    private void Watch()
    {
        do
        {
            while (Look())
            {
                _toWatch.Wait(LookInterval);
            }
        }
        while (_toWatch.Wait(LongestIdle) || !TryStopWatching());
    }

    private bool Look()
    {
        lock (_lock)
        {
            _isWatched = IsWorkLeft();
            var stuck = _couriers.Count(courier => courier.CheckIsStuck());
            if (_isWatched && stuck == _couriers.Count)
            {
                for (var i = 0; i < Math.Max(1, stuck); i++)
                {
                    StartCourier();
                }
            }

            return _isWatched;
        }
    }

    private bool TryStopWatching()
    {
        lock (_lock)
        {
            _hasWatcher = _isWatched;
            return !_hasWatcher;
        }
    }
}
