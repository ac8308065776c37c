using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MapiGate.Benchmarks;

/// <summary>A proxy before the server, in processes of its own, in a folder of its own.</summary>
internal sealed partial class Proxy : IDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private Proxy(string name, string folder, ProcessStartInfo start, Uri? endpoint)
    {
        (Name, _folder) = (name, folder);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = endpoint is null;
        start.WorkingDirectory = folder;
        _process = Process.Start(start)!;
        Endpoint = endpoint ?? ReadEndpoint();
    }

    public string Name { get; }

    public Uri Endpoint { get; }

    /// <summary>What its processes have used of processors so far.</summary>
    public TimeSpan ProcessorTime => ProcessorTimeOf(Ids());

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static Proxy Nginx(Uri server)
    {
        var (folder, port) = (NewFolder(), FreePort());
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off; worker_processes auto; pid nginx.pid; error_log stderr;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                upstream server { server {{server.Authority}}; keepalive 64; }
                server {
                    listen 127.0.0.1:{{port}};
                    keepalive_requests 1000000000;
                    location / { proxy_pass http://server; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; proxy_buffering off; }
                }
            }
            """);
        return new Proxy("nginx", folder, new ProcessStartInfo(Find("nginx"), ["-p", folder, "-c", "nginx.conf", "-e", "stderr"]), At(port));
    }

    public static Proxy HaProxy(Uri server)
    {
        var (folder, port) = (NewFolder(), FreePort());
        File.WriteAllText(Path.Combine(folder, "haproxy.cfg"), $"""
            defaults
                mode http
                option http-no-delay
                timeout connect 10s
                timeout client 20m
                timeout server 10m
            frontend clients
                bind 127.0.0.1:{port}
                default_backend server
            backend server
                http-reuse always
                server server {server.Authority}

            """);
        return new Proxy("HAProxy", folder, new ProcessStartInfo(Find("haproxy"), ["-db", "-f", "haproxy.cfg"]), At(port));
    }

    public static Proxy Forwarder(Uri server)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--serve", "forwarder", server.GetLeftPart(UriPartial.Authority)]);

        // As the gateway's own project is built: this one's collector is another.
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["DOTNET_gcConcurrent"] = "1";
        return new Proxy("forwarder, bare", NewFolder(), start, endpoint: null);
    }

    public static Proxy Gateway(Uri server)
    {
        var folder = NewFolder();
        var program = typeof(Proxy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Gateway").Value!;
        return new Proxy("gateway", folder, new ProcessStartInfo("dotnet", [
            program, "--contentRoot", folder, "--Gateway:Server", server.GetLeftPart(UriPartial.Authority), "--Gateway:Listen", "http://127.0.0.1:0",
            "--Gateway:Management", "", "--Gateway:DataDirectory", folder, "--MapiGate:DisableMapiClientProcesses", string.Join("; ", Crowd.Absent)]),
            endpoint: null);
    }

    public static TimeSpan ProcessorTimeOf(IEnumerable<int> ids)
    {
        var time = TimeSpan.Zero;
        foreach (var id in ids)
        {
            using var process = Process.GetProcessById(id);
            time += process.TotalProcessorTime;
        }

        return time;
    }

    public void Dispose()
    {
        // The .NET ones end with their input; the others end their own children when they are told to.
        _process.StandardInput.Close();
        using (var stop = Process.Start("kill", $"-TERM {_process.Id}"))
        {
            stop.WaitForExit();
        }

        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("proxy-").FullName;

    private static string Find(string name) => File.Exists($"/usr/sbin/{name}") ? $"/usr/sbin/{name}" : name;

    private static Uri At(int port) => new($"http://127.0.0.1:{port}{ExecuteServer.Path}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Uri ReadEndpoint()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (Address().Match(line) is { Success: true } address)
            {
                // What it goes on to say is read, so that it is never held up.
                _ = _process.StandardOutput.ReadToEndAsync();
                return new Uri(new Uri(address.Value), ExecuteServer.Path);
            }
        }

        throw new InvalidOperationException($"{Name} ended before it listened.");
    }

    private IEnumerable<int> Ids()
    {
        var children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children");
        return children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Prepend(_process.Id);
    }

    // The first of a line, or what the gateway says of where it awaits clients.
    [GeneratedRegex(@"(?<=^|clients at )http://[\d.]+:\d+")]
    private static partial Regex Address();
}
