using System.Net.Http.Headers;
using System.Text;
using MapiGate.Protocol;

namespace MapiGate.Fleet.Tests.Processes;

/// <summary>Knocks at a gate as any program: what it enforces is what it does, not what it says.</summary>
internal sealed class Door(string url) : IDisposable
{
    private const string Refused = "0x4DF";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Whether a program is refused; one that is let in logs off again.</summary>
    /// <exception cref="HttpRequestException">Neither: it could not be asked, or was cut before it had its answer.</exception>
    public async Task<bool> RefusesAsync(string program)
    {
        using var answer = await SendAsync(MapiHttpRequestTypes.Connect, Connect(program));
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (MapiHttpInnerResponse.TryRead(body, out var inner) && inner.ResponseCode is { } cut and not MapiHttpResponseCode.Success)
        {
            throw new HttpRequestException($"The gate let it in, and answered {cut}.");
        }

        if (inner is null || !ConnectResponse.TryRead(inner.Body.Span, out var response))
        {
            throw new InvalidOperationException($"The gate answered something else: {answer.Headers} {Encoding.Latin1.GetString(body)}");
        }

        var code = $"0x{(uint)response.ErrorCode:X}";
        if (code == "0x0")
        {
            using var logoff = await SendAsync(MapiHttpRequestTypes.Disconnect, new DisconnectRequest().ToArray(), answer.Headers.GetValues("Set-Cookie"));
            return false;
        }

        code.Should().Be(Refused);
        return true;
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Connect(string program) => new ConnectRequest
    {
        UserDn = "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=janedow",
        AuxiliaryBuffer = AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = [program] }),
    }.ToArray();

    private async Task<HttpResponseMessage> SendAsync(string type, byte[] body, IEnumerable<string>? cookies = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mapi/emsmdb/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("janedow:demo")));
        request.Headers.Add(MapiHttpHeaders.RequestType, type);
        request.Headers.Add(MapiHttpHeaders.RequestId, "{7A1C6E2B-0A3F-4C5D-9E21-5C1F2D3E4B5A}:1");
        request.Headers.Add(MapiHttpHeaders.ClientInfo, "{7A1C6E2B-0A3F-4C5D-9E21-5C1F2D3E4B5A}:1");
        request.Headers.Add(MapiHttpHeaders.ClientApplication, "Outlook/16.0.15928.20006");
        if (cookies is not null)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        }

        return await _http.SendAsync(request);
    }
}
