using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>
/// Tells hosts that sessions were disconnected, on threads of its own: a host's callback may throw, wait or never
/// return, and neither the change of policy nor any other session's callback waits for it.
/// </summary>
/// <remarks>
/// The thread pool would not do. A callback that never returns takes a thread for good; the pool replaces such a thread
/// once every half second or so, and the host's own work would wait with ours. Here each look that finds all threads
/// stuck on the callback they were already in starts as many again, so that a hundred hung callbacks hold the others
/// up for a fraction of a second. Threads end when there is nothing left to tell.
/// </remarks>
internal sealed class DisconnectNotifier(ILogger logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly object _watch = new();
    private readonly Queue<SessionBatch> _waiting = [];
    private readonly List<Courier> _couriers = [];
    private bool _isWatched;

    public void Post(MapiSession session) => Post([SessionBatch.Of(session)]);

    public void Post(IReadOnlyCollection<SessionBatch> batches)
    {
        var sessions = batches.Sum(batch => (long)batch.Count);
        if (sessions == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var batch in batches)
            {
                _waiting.Enqueue(batch);
            }

            var wanted = Math.Min(sessions, Environment.ProcessorCount);
            for (long free = _couriers.Count(courier => !courier.IsStuck); free < wanted; free++)
            {
                StartCourier();
            }

            if (!_isWatched)
            {
                _isWatched = true;
                StartThread(Watch);
            }
        }
    }

    private static void StartThread(ThreadStart run) =>
        new Thread(run) { IsBackground = true, Name = "MapiGate disconnect" }.UnsafeStart();

    private void StartCourier()
    {
        var courier = new Courier(this);
        _couriers.Add(courier);
        StartThread(courier.Run);
    }

    // Wall-clock time on purpose: it watches real threads, whatever clock the host's policies go by. A thread and not a
    // timer, whose callbacks need the thread pool.
    private void Watch()
    {
        lock (_watch)
        {
            while (IsWorkLeft())
            {
                Monitor.Wait(_watch, LookInterval);
            }
        }
    }

    private bool IsWorkLeft()
    {
        lock (_lock)
        {
            _isWatched = _waiting.Count > 0;
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

    private MapiSession? TakeSession(Courier courier)
    {
        lock (_lock)
        {
            while (_waiting.TryPeek(out var batch))
            {
                if (batch.Take() is { } session)
                {
                    return session;
                }

                _waiting.Dequeue();
            }

            _couriers.Remove(courier);
            return null;
        }
    }

    private void Tell(MapiSession session)
    {
        Log.SessionDisconnected(logger, session, session.Verdict.Rule);
        try
        {
            session.Notify();
        }
#pragma warning disable CA1031 // A host's callback may throw anything; it is that session's failure and no one else's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.DisconnectCallbackFailed(logger, session, e);
        }
    }

    private sealed class Courier(DisconnectNotifier notifier)
    {
        private long _told;
        private long _toldAtLastLook = -1;

        public bool IsStuck { get; private set; }

        /// <summary>Whether the courier is still on the session it was on at the last look.</summary>
        public bool CheckIsStuck()
        {
            var told = Volatile.Read(ref _told);
            IsStuck = told == _toldAtLastLook;
            _toldAtLastLook = told;
            return IsStuck;
        }

        public void Run()
        {
            while (notifier.TakeSession(this) is { } session)
            {
                notifier.Tell(session);
                Volatile.Write(ref _told, _told + 1);
            }
        }
    }
}
