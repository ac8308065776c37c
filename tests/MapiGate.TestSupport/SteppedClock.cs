namespace MapiGate.TestSupport;

/// <summary>
/// A clock whose wall time can be set, as NTP and a resumed machine set it, without any of its timers noticing. It counts
/// its timers, so that one that outlives its owner shows.
/// </summary>
public sealed class SteppedClock : TimeProvider
{
    /// <summary>Far ahead, so that nothing goes by the system's clock and passes by chance.</summary>
    public static readonly DateTimeOffset Start = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<SteppedTimer> _timers = [];
    private TimeSpan _elapsed;
    private TimeSpan _stepped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The timers that will fire some day.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return Start + _elapsed + _stepped;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _elapsed.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the wall clock forward, or back. No time passes.</summary>
    public void Step(TimeSpan by)
    {
        lock (_lock)
        {
            _stepped += by;
        }
    }

    /// <summary>Lets time pass, and runs each timer when it is due.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan target;
        lock (_lock)
        {
            target = _elapsed + by;
        }

        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _elapsed = target;
        }
    }

    private SteppedTimer? TakeDue(TimeSpan until)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
            if (next is not null)
            {
                _elapsed = next.DueAt > _elapsed ? next.DueAt : _elapsed;
                next.SetNext();
            }

            return next;
        }
    }

    private sealed class SteppedTimer(SteppedClock clock, Action callback) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan DueAt { get; private set; }

        public void Fire() => callback();

        // Under the clock's lock, before the callback, which may set the timer anew.
        public void SetNext()
        {
            if (_period > TimeSpan.Zero)
            {
                DueAt += _period;
            }
            else
            {
                clock._timers.Remove(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = clock._elapsed + dueTime;
                    clock._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
