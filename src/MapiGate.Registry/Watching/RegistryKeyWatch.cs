using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MapiGate.Registry;

/// <summary>
/// Waits for one change of a key, be it there or not: its values' and its own coming and going. One signal, then it is
/// spent; arm the next one before reading, and no change falls between.
/// </summary>
/// <remarks>
/// Every key that exists on the way down is watched for subkeys that come and go, and the last one for its values, all
/// with one event. The order makes it tight without a second look: each key is watched before the next one is opened, so
/// that whatever appears or disappears behind the walk has signalled. Only the hive itself is not watched: its handle is
/// shared by the whole process and never closed, so a watch on it could not be taken back.
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed class RegistryKeyWatch : IDisposable
{
    private readonly ManualResetEvent _changed = new(initialState: false);
    private readonly List<SafeRegistryHandle> _keys = [];

    private RegistryKeyWatch()
    {
    }

    /// <summary>Set once something changed. Disposing the watch sets it, too: Windows signals when a watched key is closed.</summary>
    public WaitHandle Changed => _changed;

    /// <summary>Why the signal may never come; <see langword="null"/> when it will.</summary>
    public string? Problem { get; private set; }

    public static RegistryKeyWatch Arm(RegistryLocation location)
    {
        var watch = new RegistryKeyWatch { Problem = $"no key exists on the way to {location}" };
        foreach (var key in location.Path)
        {
            var error = watch.Add(key, isLast: key == location);
            if (Win32Error.IsAbsent(error))
            {
                break;
            }

            // A key above that is not ours to watch does no harm, as long as the lowest one is.
            watch.Problem = error == Win32Error.Success ? null : $"{key} cannot be watched: {Win32Error.Describe(error)}";
        }

        return watch;
    }

    public void Dispose()
    {
        _keys.ForEach(key => key.Dispose());
        _changed.Dispose();
    }

    private int Add(RegistryLocation location, bool isLast)
    {
        var error = location.Open(RegistryAccess.Notify, out var key);
        _keys.Add(key);
        if (error != Win32Error.Success)
        {
            return error;
        }

        var changes = RegistryChanges.SubkeyNames | RegistryChanges.ThreadAgnostic | (isLast ? RegistryChanges.Values : 0);
        return Advapi32.RegNotifyChangeKeyValue(key, watchSubtree: false, changes, _changed.SafeWaitHandle, asynchronous: true);
    }
}
