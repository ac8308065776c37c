using Microsoft.Extensions.Logging;

namespace MapiGate;

/// <summary>One thread that runs hosts' callbacks, one session after the other.</summary>
internal sealed class Courier(CourierPool pool)
{
    private long _told;
    private long _toldAtLastLook = -1;

    /// <summary>Whether it waits for something to tell. Guarded by the pool.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Whether the last look found it on the session of the look before. Guarded by the pool.</summary>
    public bool IsStuck { get; private set; }

    public bool CheckIsStuck()
    {
        var told = Volatile.Read(ref _told);
        IsStuck = !IsIdle && told == _toldAtLastLook;
        _toldAtLastLook = told;
        return IsStuck;
    }

    public void Run()
    {
        while (TryTellRun())
        {
        }
    }

    // A method of its own, so that nothing of the last run is held while the next is waited for.
    private bool TryTellRun()
    {
        if (pool.TakeRun(this) is not { } run)
        {
            return false;
        }

        while (run.Take() is { } session)
        {
            Tell(session, run.Logger);
            Volatile.Write(ref _told, _told + 1);
        }

        return true;
    }

#pragma warning disable CA1031 // Hosts' code may throw anything: that is one session's failure and no one else's.
    private static void Tell(MapiSession session, ILogger logger)
    {
        TryLog(session, logger, failure: null);
        try
        {
            session.Notify();
        }
        catch (Exception e)
        {
            TryLog(session, logger, e);
        }
    }

    // A logger may throw as well. Out of a thread of ours that would end the process, and there is nowhere left to say it.
    private static void TryLog(MapiSession session, ILogger logger, Exception? failure)
    {
        try
        {
            if (failure is not null)
            {
                Log.DisconnectCallbackFailed(logger, session, failure);
            }
            else if (logger.IsEnabled(LogLevel.Information))
            {
                Log.SessionDisconnected(logger, session, session.Verdict.Rule);
            }
        }
        catch (Exception)
        {
        }
    }
#pragma warning restore CA1031
}
