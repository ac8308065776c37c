using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace MapiGate.TestSupport;

/// <summary>A configuration file whose watcher tells at once, on the writer's thread: no file system decides when a test goes on.</summary>
public sealed class MemoryFile(string text) : IFileProvider
{
    private readonly Lock _lock = new();
    private string _text = text;
    private CancellationTokenSource _changed = new();

    /// <summary>A source of configuration, as <c>AddJsonFile(path, optional: false, reloadOnChange: true)</c> makes it.</summary>
    public JsonConfigurationSource Source(string name = "policy.json") =>
        new() { FileProvider = this, Path = name, ReloadOnChange = true, ReloadDelay = 0 };

    /// <summary>A root with this file, and a source that signals whenever it is asked to.</summary>
    public IConfigurationRoot Root(params IConfigurationSource[] others)
    {
        var builder = new ConfigurationBuilder().Add(Source());
        Array.ForEach(others, other => builder.Add(other));
        return builder.Build();
    }

    /// <summary>Writes the file. Everybody who watches it has read it when this returns, or has failed to.</summary>
    public void Write(string text)
    {
        CancellationTokenSource changed;
        lock (_lock)
        {
            _text = text;
            changed = _changed;
            _changed = new CancellationTokenSource();
        }

        try
        {
            changed.Cancel();
        }
        catch (AggregateException)
        {
            // Nobody hears what a reload on a watcher's thread throws.
        }
    }

    public IFileInfo GetFileInfo(string subpath)
    {
        lock (_lock)
        {
            return new Content(subpath, Encoding.UTF8.GetBytes(_text));
        }
    }

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter)
    {
        lock (_lock)
        {
            return new CancellationChangeToken(_changed.Token);
        }
    }

    private sealed class Content(string name, byte[] bytes) : IFileInfo
    {
        public bool Exists => true;

        public long Length => bytes.Length;

        public string? PhysicalPath => null;

        public string Name => name;

        public DateTimeOffset LastModified => SteppedClock.Start;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => new MemoryStream(bytes);
    }
}
