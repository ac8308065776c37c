using MapiGate.Protocol;

namespace StoreServiceHost.Contexts;

/// <summary>The server object handles that one Session Context has open.</summary>
/// <remarks>Not locked: only Execute touches them, and a context runs one Execute at a time.</remarks>
internal sealed class ServerObjectHandles
{
    /// <summary>A client that never releases must not fill the server's memory.</summary>
    private const int Limit = 256;

    private readonly HashSet<uint> _open = [];
    private uint _last;

    public bool TryOpen(out uint handle)
    {
        handle = RopBuffer.NoHandle;
        if (_open.Count >= Limit)
        {
            return false;
        }

        do
        {
            _last++;
        }
        while (_last == RopBuffer.NoHandle || !_open.Add(_last));

        handle = _last;
        return true;
    }

    /// <summary>Closes the object. One that is not open is no error: a release is never answered (MS-OXCROPS 2.2.15.3).</summary>
    public void Release(uint handle) => _open.Remove(handle);
}
