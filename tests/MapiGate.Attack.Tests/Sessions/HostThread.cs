namespace MapiGate.Attack.Tests.Sessions;

/// <summary>One thread of a host: logs on and off at random, and keeps a record for the judge.</summary>
internal sealed class HostThread(Gatekeeper gatekeeper, SessionModel model, int seed, CancellationToken stopped)
{
    private const int HeldAtMost = 40;

    // Neither hosts nor administrators may run away from the others: they would never meet.
    private const int OperationsPerChange = 60;

    private readonly Random _random = new(seed);
    private readonly List<Logon> _held = [];
    private int _operations;

    public List<Logon> Logons { get; } = [];

    /// <summary>How far it has come; for other threads to look at.</summary>
    public int Operations => Volatile.Read(ref _operations);

    public void Run()
    {
        for (; !stopped.IsCancellationRequested; Volatile.Write(ref _operations, _operations + 1))
        {
            while (_operations > (model.LastRevision + 1) * OperationsPerChange && !stopped.IsCancellationRequested)
            {
                Thread.Yield();
            }

            if (_held.Count < HeldAtMost && _random.Next(3) > 0)
            {
                LogOn();
            }
            else if (_held.Count > 0)
            {
                var leaving = _random.Next(_held.Count);
                _held[leaving].Release();

                // Twice now and then: a host may clean up in two places.
                if (_random.Next(8) == 0)
                {
                    _held[leaving].Release();
                }

                _held[leaving] = _held[^1];
                _held.RemoveAt(_held.Count - 1);
            }
        }
    }

    private void LogOn()
    {
        var logon = Logon.Try(gatekeeper, _random);
        Logons.Add(logon);
        if (logon.Session is not null)
        {
            _held.Add(logon);
        }
    }
}
