using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.Proxies;

/// <summary>An nginx in front of a gate, in a folder of its own.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private Process? _process;

    private Nginx()
    {
    }

    public Uri Address { get; private set; } = null!;

    public static bool IsInstalled => Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
        .Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, "nginx"))) == true;

    /// <param name="gate">What stands behind.</param>
    /// <param name="directives">Of the location, beside <c>proxy_pass</c>.</param>
    public static async Task<Nginx> StartAsync(Uri gate, string directives)
    {
        var nginx = new Nginx();
        var port = FreePort();
        nginx.Address = new Uri($"http://127.0.0.1:{port}");
        var configuration = Path.Combine(nginx._folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            pid nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass {{gate}};
                        {{directives}}
                    }
                }
            }
            """);
        nginx._process = Process.Start(new ProcessStartInfo(File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx", ["-p", nginx._folder.FullName, "-c", configuration, "-e", "stderr"]));
        await BoundedWait.UntilAsync(() => IsListening(port));
        return nginx;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            // Its workers end with it only when it is told so by its own pid; a kill would leave them.
            using var stop = Process.Start("kill", $"-TERM {_process.Id}");
            stop.WaitForExit();
            _process.WaitForExit();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsListening(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
