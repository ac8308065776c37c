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
        while (pool.TakeRun(this) is { } run)
        {
            while (run.Take() is { } session)
            {
                Tell(session, run.Logger);
                Volatile.Write(ref _told, _told + 1);
            }
        }
    }

    private static void Tell(MapiSession session, ILogger logger)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            Log.SessionDisconnected(logger, session, session.Verdict.Rule);
        }

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
}
