using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace MapiGate;

/// <summary>
/// Gives the values of a policy document's file to configuration, and follows edits by hand. A file that is gone or cannot be
/// used leaves what it said last, and says so.
/// </summary>
internal sealed class PolicyFileProvider : ConfigurationProvider, IPolicySource, IDisposable
{
    // An editor writes in several steps, and each is a signal.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    // A reading of a configuration takes many steps on one thread: what a document would say is shown to that one alone.
    [ThreadStatic]
    private static (PolicyFileProvider Provider, IReadOnlyDictionary<string, string?> Values)? _draft;

    private readonly Lock _loading = new();
    private readonly PolicyFile _file;
    private readonly PhysicalFileProvider _folder;
    private readonly PhysicalFileProvider _polled;
    private readonly ITimer _settled;
    private readonly List<IDisposable> _watches = [];
    private string? _loadedVersion;
    private volatile string? _error;

    public PolicyFileProvider(PolicyFileSource source)
    {
        Source = source;
        _file = new PolicyFile(source.Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(source.Path)!);
        _folder = new PhysicalFileProvider(System.IO.Path.GetDirectoryName(source.Path)!);

        // A watcher hears of its own folder alone: not of a file elsewhere that a link leads to, nor of one on another machine.
        _polled = new PhysicalFileProvider(_folder.Root) { UsePollingFileWatcher = true, UseActivePolling = true };
        _settled = TimeProvider.System.CreateTimer(_ => Observe(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var files in new[] { _folder, _polled })
        {
            _watches.Add(ChangeToken.OnChange(() => files.Watch(System.IO.Path.GetFileName(source.Path)), () => _settled.Change(Settling, Timeout.InfiniteTimeSpan)));
        }
    }

    public PolicyFileSource Source { get; }

    public string? Error => _error;

    public IReadOnlyList<string> Notes => [];

    /// <summary>Reads the file at the start. One that cannot be used gives way to the last document in its history.</summary>
    /// <exception cref="InvalidDataException">It cannot be used, and there is no history.</exception>
    public override void Load()
    {
        lock (_loading)
        {
            if (_loadedVersion is null && !TryTake())
            {
                var last = new PolicyHistory(Source.Path).Read().Select(entry => PolicyDocumentReader.Read(entry.Document)).FirstOrDefault(reading => reading.Errors.Count == 0);
                Data = new Dictionary<string, string?>(last?.Values ?? throw new InvalidDataException(_error), StringComparer.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>Takes what the file says now, without telling anybody yet.</summary>
    /// <returns>Whether it can be used.</returns>
    public bool TryTake()
    {
        lock (_loading)
        {
            try
            {
                var stored = _file.Read();
                if (stored.Version == PolicyFile.Absent && (_loadedVersion ?? PolicyFile.Absent) == PolicyFile.Absent && new PolicyHistory(Source.Path).IsEmpty)
                {
                    (_loadedVersion, _error) = (stored.Version, null);
                    return true;
                }

                if (stored.Version == PolicyFile.Absent)
                {
                    _error = $"{Source.Path} is gone. What it said last stays in force; put it back, or write {PolicyFile.Empty} there for a policy that refuses nobody.";
                    return false;
                }

                var reading = PolicyDocumentReader.Read(stored.Document);
                if (reading.Errors.Count > 0)
                {
                    _error = $"{Source.Path} cannot be used, and what it said last stays in force: {string.Join(' ', reading.Errors)}";
                    return false;
                }

                Data = new Dictionary<string, string?>(reading.Values, StringComparer.OrdinalIgnoreCase);
                (_loadedVersion, _error) = (stored.Version, null);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _error = $"{Source.Path} cannot be read: {e.Message} What it said last stays in force; give this process the right to read it.";
                return false;
            }
        }
    }

    /// <summary>Tells everybody who follows the configuration.</summary>
    public void Announce()
    {
        try
        {
            OnReload();
        }
        catch (AggregateException)
        {
            // What the others make of it, an options monitor that finds another source's value wrong, say, is theirs: it
            // neither undoes a write nor ends the process from a timer.
        }
    }

    /// <summary>Shows this thread other values than the file's, until that is disposed.</summary>
    public IDisposable Show(IReadOnlyDictionary<string, string?> values)
    {
        _draft = (this, values);
        return new Shown();
    }

    public override bool TryGet(string key, out string? value) =>
        FindDraft() is { } draft ? draft.TryGetValue(key, out value) : base.TryGet(key, out value);

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        if (FindDraft() is not { } draft)
        {
            return base.GetChildKeys(earlierKeys, parentPath);
        }

        var shown = new PolicyDraftProvider(draft);
        return shown.GetChildKeys(earlierKeys, parentPath);
    }

    public void Dispose()
    {
        _watches.ForEach(watch => watch.Dispose());
        _settled.Dispose();
        _folder.Dispose();
        _polled.Dispose();
    }

    public override string ToString() => Source.Path;

    private IReadOnlyDictionary<string, string?>? FindDraft() => _draft is { } draft && ReferenceEquals(draft.Provider, this) ? draft.Values : null;

    private void Observe()
    {
        var (error, version) = (_error, _loadedVersion);
        try
        {
            // Whoever writes through the store here has the gate follow, and wants the receipt: let it finish first.
            using var held = PolicyFileLock.TryAcquire(Source.Path);
            if (held is null)
            {
                _settled.Change(Settling, Timeout.InfiniteTimeSpan);
                return;
            }

            if (TryTake())
            {
                new PolicyHistory(Source.Path).CatchUp(_file.Read(), TimeProvider.System.GetUtcNow());
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

    private sealed class Shown : IDisposable
    {
        public void Dispose() => _draft = null;
    }
}
