using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace MapiGate;

/// <summary>
/// Gives the values of a policy document's file to configuration, and follows edits by hand. A file that is gone or cannot be
/// used leaves what it said last, and says so.
/// </summary>
internal sealed class PolicyFileProvider : PolicyDocumentProvider, IDisposable
{
    // An editor writes in several steps, and each is a signal.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly Lock _loading = new();
    private readonly string _path;
    private readonly PolicyFile _file;
    private readonly PhysicalFileProvider _folder;
    private readonly PhysicalFileProvider _polled;
    private readonly ITimer _settled;
    private readonly List<IDisposable> _watches = [];
    private string? _loadedVersion;
    private volatile string? _error;

    public PolicyFileProvider(PolicyFileSource source)
        : base(source)
    {
        _path = source.Path;
        _file = new PolicyFile(_path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _folder = new PhysicalFileProvider(Path.GetDirectoryName(_path)!);

        // A watcher hears of its own folder alone: not of a file elsewhere that a link leads to, nor of one on another machine.
        _polled = new PhysicalFileProvider(_folder.Root) { UsePollingFileWatcher = true, UseActivePolling = true };
        _settled = TimeProvider.System.CreateTimer(_ => Observe(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var files in new[] { _folder, _polled })
        {
            _watches.Add(ChangeToken.OnChange(() => files.Watch(Path.GetFileName(_path)), () => _settled.Change(Settling, Timeout.InfiniteTimeSpan)));
        }
    }

    public override string? Error => _error;

    /// <summary>Reads the file at the start. One that cannot be used gives way to the last document in its history.</summary>
    /// <exception cref="InvalidDataException">It cannot be used, and there is no history.</exception>
    public override void Load()
    {
        lock (_loading)
        {
            if (_loadedVersion is null && !TryTake())
            {
                if (!new PolicyHistory(_path).Read().Any(entry => Use(entry.Document).Count == 0))
                {
                    throw new InvalidDataException(_error);
                }
            }
        }
    }

    public override bool TryTake()
    {
        lock (_loading)
        {
            try
            {
                var stored = _file.Read();
                if (stored.Version == PolicyFile.Absent && (_loadedVersion ?? PolicyFile.Absent) == PolicyFile.Absent && new PolicyHistory(_path).IsEmpty)
                {
                    (_loadedVersion, _error) = (stored.Version, null);
                    return true;
                }

                if (stored.Version == PolicyFile.Absent)
                {
                    _error = $"{_path} is gone. What it said last stays in force; put it back, or write {PolicyFile.Empty} there for a policy that refuses nobody.";
                    return false;
                }

                if (Use(stored.Document) is { Count: > 0 } errors)
                {
                    _error = $"{_path} cannot be used, and what it said last stays in force: {string.Join(' ', errors)}";
                    return false;
                }

                (_loadedVersion, _error) = (stored.Version, null);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _error = $"{_path} cannot be read: {e.Message} What it said last stays in force; give this process the right to read it.";
                return false;
            }
        }
    }

    public void Dispose()
    {
        _watches.ForEach(watch => watch.Dispose());
        _settled.Dispose();
        _folder.Dispose();
        _polled.Dispose();
    }

    public override string ToString() => _path;

    private void Observe()
    {
        var (error, version) = (_error, _loadedVersion);
        try
        {
            // Whoever writes through the store here has the gate follow, and wants the receipt: let it finish first.
            using var held = PolicyFileLock.TryAcquire(_path);
            if (held is null)
            {
                _settled.Change(Settling, Timeout.InfiniteTimeSpan);
                return;
            }

            if (TryTake())
            {
                new PolicyHistory(_path).CatchUp(_file.Read(), TimeProvider.System.GetUtcNow());
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written: it has no other writer, either, and the next order will say so.
            TryTake();
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        if (error != _error || version != _loadedVersion)
        {
            Announce();
        }
    }
}
