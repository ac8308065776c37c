namespace MapiGate.Benchmarks;

/// <summary>A million sessions, a change that denies so many of them, and what puts them back.</summary>
internal sealed class DisconnectLoad
{
    private readonly GateLoad _load;
    private readonly MapiClient[] _clients;
    private readonly IConnectionPolicy _before;
    private readonly IConnectionPolicy _policy;
    private readonly int[] _denied;
    private readonly int[] _places;

    /// <param name="clients">The crowd.</param>
    /// <param name="load">Its sessions.</param>
    /// <param name="programs">The programs to deny.</param>
    public DisconnectLoad(MapiClient[] clients, GateLoad load, params IEnumerable<string> programs)
    {
        var names = programs.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _before = load.Gate.Policy;
        (_clients, _load, _policy) = (clients, load, Policies.Denying(names));
        _denied = [.. Enumerable.Range(0, clients.Length).Where(i => names.Contains(clients[i].ProcessName!))];
        _places = new int[_denied.Length];
        var place = 0;
        foreach (var i in Enumerable.Range(0, _denied.Length).OrderBy(i => clients[_denied[i]].ProcessName, StringComparer.Ordinal))
        {
            _places[i] = place++;
        }
    }

    /// <summary>How many sessions the change denies.</summary>
    public int Count => _denied.Length;

    public PolicyReceipt Deny()
    {
        var receipt = _load.Gate.Apply(_policy);
        return receipt.Disconnected == Count ? receipt : throw new InvalidOperationException($"{receipt}; {Count} are denied");
    }

    /// <summary>Lets everybody in again, and waits until nothing of the change is left.</summary>
    public void Restore(PolicyReceipt receipt)
    {
        foreach (var i in _denied)
        {
            _load.Sessions[i].Dispose();
        }

        receipt.Completion.GetAwaiter().GetResult();
        _load.Gate.Apply(_before);
        foreach (var i in _denied)
        {
            _load.Sessions[i] = _load.Logon(_clients[i]);
        }
    }

    /// <summary>Registers a callback with one of the denied sessions.</summary>
    public void ListenToOne(Action callback) => _load.Sessions[_denied[0]].Disconnected.Register(callback);

    /// <summary>
    /// Reads each denied session's token and registers a callback. Those of one program are counted together: what hosts
    /// do in callbacks is about one session, and two threads would not meet there.
    /// </summary>
    public void Listen(CallbackTally callbacks)
    {
        for (var i = 0; i < Count; i++)
        {
            _load.Sessions[_denied[i]].Disconnected.Register(callbacks[_places[i]]);
        }
    }
}
