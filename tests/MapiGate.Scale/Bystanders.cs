using System.Collections.Concurrent;
using System.Net.Http.Headers;
using MapiGate.Protocol;

namespace MapiGate.Scale;

/// <summary>A program that nobody denies, logging on and off again without end, and measuring how long each logon takes.</summary>
internal sealed class Bystanders : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });
    private readonly CancellationTokenSource _stopped = new();
    private readonly Task _run;
    private ConcurrentBag<TimeSpan> _times = [];

    public Bystanders(Uri host)
    {
        _http.BaseAddress = host;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("johndoe:demo"u8));
        _run = Task.Run(RunAsync);
    }

    /// <summary>How they fare when nothing else happens.</summary>
    public async Task RunAloneAsync()
    {
        StartCounting();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        Console.WriteLine($"logons of others before: {StopCounting()}");
    }

    public void StartCounting() => _times = [];

    public string StopCounting()
    {
        var times = _times.Order().ToArray();
        return times.Length == 0
            ? "none"
            : $"{times.Length}, median {times[times.Length / 2].TotalMilliseconds:0.0} ms, slowest {times[^1].TotalMilliseconds:0.0} ms";
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _run.Wait();
        _http.Dispose();
        _stopped.Dispose();
    }

    private async Task RunAsync()
    {
        var body = new ConnectRequest
        {
            UserDn = "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=johndoe",
            AuxiliaryBuffer = AuxiliaryWriter.Write(AuxiliaryInfo.Empty with { ProcessNames = ["bystander.exe"] }),
        }.ToArray();
        while (!_stopped.IsCancellationRequested)
        {
            var start = TimeProvider.System.GetTimestamp();
            using var connected = await PostAsync(MapiHttpRequestTypes.Connect, body, []);
            _times.Add(TimeProvider.System.GetElapsedTime(start));
            var cookies = connected.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]);
            using var disconnected = await PostAsync(MapiHttpRequestTypes.Disconnect, new DisconnectRequest().ToArray(), cookies);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string type, byte[] body, IEnumerable<string> cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mapi/emsmdb") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Add(MapiHttpHeaders.RequestType, type);
        request.Headers.Add(MapiHttpHeaders.RequestId, "{C715155F-2BE8-44E0-BD34-2960065754C8}:1");
        request.Headers.Add("Cookie", cookies);
        return await _http.SendAsync(request);
    }
}
