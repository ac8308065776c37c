using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using MapiGate.Protocol;

namespace MapiGate.Benchmarks;

/// <summary>A session of its own with a server, and wrk (Debian package <c>wrk</c>) that sends Execute requests in it.</summary>
internal sealed class ExecuteLoad : IDisposable
{
    private const int Connections = 32;
    private const int Seconds = 1;

    // The runtime compiles a server's code again in the background, at length where wrk takes the processors meanwhile; what
    // is half compiled tells nothing, and the gated server has more to compile.
    private const int WarmUpSeconds = 10;

    private readonly Uri _endpoint;
    private readonly string _script = System.IO.Path.GetTempFileName();

    public ExecuteLoad(Uri endpoint)
    {
        _endpoint = endpoint;
        File.WriteAllText(_script, Script(Connect(endpoint)));
    }

    /// <summary>Runs wrk until the server's code has been compiled for good.</summary>
    public void WarmUp() => Measure(WarmUpSeconds);

    /// <summary>Runs wrk for a second.</summary>
    /// <returns>Nanoseconds from one answer to the next.</returns>
    public double Run() => 1e9 / Measure(Seconds).PerSecond;

    public void Dispose() => File.Delete(_script);

    /// <summary>Runs wrk for so long.</summary>
    public WrkReport Measure(int seconds)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["--latency", "-t1", $"-c{Connections}", $"-d{seconds}s", "-s", _script, _endpoint.AbsoluteUri])
        {
            RedirectStandardOutput = true,
        })!;
        var report = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        return WrkReport.Parse(report);
    }

    /// <summary>Makes a session; returns its cookies.</summary>
    public static string Connect(Uri endpoint)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(ConnectBody()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Add(MapiHttpHeaders.RequestType, MapiHttpRequestTypes.Connect);
        request.Headers.Add(MapiHttpHeaders.RequestId, $"{Guid.NewGuid():B}:1");
        request.Headers.Add(MapiHttpHeaders.ClientInfo, $"{Guid.NewGuid():B}:1");
        request.Headers.Add(MapiHttpHeaders.ClientApplication, "Outlook/16.0.15928.20006");
        using var response = http.Send(request);
        return string.Join("; ", response.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
    }

    /// <summary>The body of a Connect of Outlook's.</summary>
    public static byte[] ConnectBody()
    {
        var client = new AuxiliaryInfo { ProcessNames = [Crowd.Outlook], ClientMode = MapiClientMode.Cached };
        return new ConnectRequest { UserDn = "/o=contoso/ou=first/cn=recipients/cn=alice", AuxiliaryBuffer = AuxiliaryWriter.Write(client) }.ToArray();
    }

    private static string Script(string cookie)
    {
        var body = new ExecuteRequest { RopBuffer = new byte[256] }.ToArray();
        var text = new StringBuilder("wrk.method = \"POST\"\nwrk.body = \"");
        foreach (var value in body)
        {
            text.Append(CultureInfo.InvariantCulture, $"\\{value:000}");
        }

        text.AppendLine("\"");
        Header("Content-Type", MapiHttpContentType.Mapi);
        Header(MapiHttpHeaders.RequestType, MapiHttpRequestTypes.Execute);
        Header(MapiHttpHeaders.RequestId, $"{Guid.NewGuid():B}:2");
        Header(MapiHttpHeaders.ClientInfo, $"{Guid.NewGuid():B}:1");
        Header("Cookie", cookie);
        return text.ToString();

        void Header(string name, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"wrk.headers[\"{name}\"] = \"{value}\"");
    }
}
