using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MapiGate.Protocol;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>One client of the sample host, request by request: it keeps its cookies over whatever happens to the gateway.</summary>
internal sealed class StoreClient(Uri url, string process) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });

    public Task<string> ConnectAsync() => SendAsync(MapiHttpRequestTypes.Connect, new ConnectRequest
    {
        UserDn = "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=janedow",
        AuxiliaryBuffer = AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = [process] }),
    }.ToArray());

    public Task<string> PingAsync() => SendAsync(MapiHttpRequestTypes.Ping, []);

    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(string type, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "/mapi/emsmdb/")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("janedow:demo")));
        request.Headers.Add(MapiHttpHeaders.RequestType, type);
        request.Headers.Add(MapiHttpHeaders.RequestId, "{7A1C6E2B-0A3F-4C5D-9E21-5C1F2D3E4B5A}:1");
        request.Headers.Add(MapiHttpHeaders.ClientInfo, "{7A1C6E2B-0A3F-4C5D-9E21-5C1F2D3E4B5A}:1");
        request.Headers.Add(MapiHttpHeaders.ClientApplication, "Outlook/16.0.15928.20006");
        using var answer = await _http.SendAsync(request);
        return answer.Headers.GetValues(MapiHttpHeaders.ResponseCode).Single();
    }
}
