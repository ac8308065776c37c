using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using MapiGate.TestSupport;

namespace MapiGate.Fleet.Tests.Servers;

/// <summary>A real nats-server in a process of its own. It dies with the tests, however they end.</summary>
internal sealed class NatsServer : IDisposable
{
    // The shell sees its input close when the tests are gone, and takes the server with it.
    private const string Guarded = "exec 3<&0; \"$0\" -c \"$1\" -l \"$2\" & n=$!; echo $n; (cat <&3 > /dev/null; kill -9 $n 2> /dev/null) & wait $n; kill $!";

    private static readonly string? Program = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "nats-server")).FirstOrDefault(File.Exists);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly string _configuration;
    private readonly string _log;
    private readonly int _monitor;
    private Process? _shell;
    private int _id;

    /// <param name="folder">Its own: configuration, store, log.</param>
    /// <param name="name">What the servers of a cluster call it.</param>
    /// <param name="port">Where clients come.</param>
    /// <param name="monitor">Where it says how it is.</param>
    public NatsServer(string folder, string name, int port, int monitor)
    {
        (Folder, Name, Port, _monitor) = (folder, name, port, monitor);
        _configuration = Path.Combine(folder, "nats-server.conf");
        _log = Path.Combine(folder, "log");
        Directory.CreateDirectory(folder);
    }

    public string Name { get; }

    public int Port { get; }

    public string Folder { get; }

    /// <summary>What it keeps: copied while it is down, this is a backup.</summary>
    public string Store => Path.Combine(Folder, "store");

    public string Url => $"nats://127.0.0.1:{Port}";

    public string Monitor => $"127.0.0.1:{_monitor}";

    public string Configuration
    {
        get => File.ReadAllText(_configuration);
        set => File.WriteAllText(_configuration, value);
    }

    public string Log => File.Exists(_log) ? File.ReadAllText(_log) : "";

    public bool IsRunning => _shell is not null;

    public bool IsFrozen { get; private set; }

    public double ResidentMegabytes
    {
        get
        {
            using var server = Process.GetProcessById(_id);
            return server.WorkingSet64 / (1024.0 * 1024);
        }
    }

    public static bool IsInstalled => Program is not null;

    public static void SkipIfMissing() => Skip.IfNot(IsInstalled, "This test runs NATS servers: apt-get install nats-server");

    /// <summary>Starts it, with what it had stored. Whether it is ready is for the cluster to say: one alone may have to wait for others.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guarded, Program!, _configuration, _log]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _shell = Process.Start(start)!;
        _id = int.Parse(_shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    /// <summary>As a power cut does: kill -9.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>As its service is stopped: SIGINT.</summary>
    public Task StopAsync() => EndAsync("INT");

    /// <summary>It holds its connections and answers nobody: SIGSTOP.</summary>
    public void Freeze()
    {
        Signal("STOP");
        IsFrozen = true;
    }

    public void Thaw()
    {
        Signal("CONT");
        IsFrozen = false;
    }

    /// <summary>Whether it says that all it keeps is up to date.</summary>
    public async Task<bool> IsHealthyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://{Monitor}/healthz"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>What it says of its streams: name to leader. Nothing while it answers nobody.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> LeadersAsync()
    {
        try
        {
            var said = JsonNode.Parse(await _http.GetStringAsync(new Uri($"http://{Monitor}/jsz?accounts=true&streams=true")))!;
            var streams = said["account_details"]?.AsArray().SelectMany(account => account!["stream_detail"]?.AsArray() ?? []) ?? [];
            return streams.ToDictionary(stream => stream!["name"]!.GetValue<string>(), stream => stream!["cluster"]?["leader"]?.GetValue<string>());
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return new Dictionary<string, string?>();
        }
    }

    public void Dispose()
    {
        if (_shell is not null)
        {
            Signal("KILL");
            _shell.WaitForExit();
            _shell.Dispose();
        }

        _http.Dispose();
    }

    private async Task EndAsync(string signal)
    {
        Signal(signal);
        IsFrozen = false;
        await _shell!.WaitForExitAsync().WithinBounds();
        _shell.Dispose();
        _shell = null;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
