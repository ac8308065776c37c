using System.Runtime.Versioning;

namespace MapiGate.Registry;

/// <summary>
/// Calls back whenever a key may have changed, for as long as it lives. It has a thread of its own: a policy must reach a
/// server whose thread pool is exhausted, which is when an administrator writes one.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class RegistryWatcher : IDisposable
{
    private readonly ManualResetEvent _stop = new(initialState: false);
    private readonly AutoResetEvent _retry = new(initialState: false);
    private readonly RegistryLocation _location;
    private readonly Action _look;
    private volatile RegistryKeyWatch _watch;

    /// <summary>Watches from the moment it is constructed; calls back from <see cref="Start"/> on.</summary>
    public RegistryWatcher(RegistryLocation location, Action look)
    {
        _location = location;
        _look = look;
        _watch = RegistryKeyWatch.Arm(location);
    }

    /// <summary>Why a change may go unnoticed; <see langword="null"/> when none will.</summary>
    public string? Problem => _watch.Problem;

    public void Start() => new Thread(Watch) { IsBackground = true, Name = "MapiGate registry watch" }.UnsafeStart();

    /// <summary>Tries again to watch, after a <see cref="Problem"/>.</summary>
    public void Retry() => _retry.Set();

    /// <summary>Ends the thread, without waiting for it: this may be called from within the callback.</summary>
    public void Dispose() => _stop.Set();

    private void Watch()
    {
        while (WaitHandle.WaitAny([_stop, _retry, _watch.Changed]) != 0)
        {
            var spent = _watch;
            _watch = RegistryKeyWatch.Arm(_location);
            spent.Dispose();
            _look();
        }

        _watch.Dispose();
    }
}
