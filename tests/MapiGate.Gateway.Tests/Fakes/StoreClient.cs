using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>One client with one connection, request by request: it keeps its cookies over whatever happens to the gateway.</summary>
internal sealed class StoreClient(Uri url, string process) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 1, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan });

    /// <summary>The gateway it comes by.</summary>
    public Uri Url { get; set; } = url;

    /// <summary>What it authenticates by; by default Jane's password at the sample host.</summary>
    public AuthenticationHeaderValue? Authorization { get; set; } = Basic("janedow");

    public string Mailbox { get; init; } = "janedow";

    /// <summary>Whom a proxy in between says it speaks for.</summary>
    public string? ForwardedFor { get; init; }

    public static AuthenticationHeaderValue Basic(string user, string password = "demo") =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public async Task<string> ConnectAsync() => (await SendAsync(MapiHttpRequestTypes.Connect, ConnectBody())).Code;

    /// <summary>What the body of the answer to a Connect says; the HTTP status where it is none.</summary>
    public async Task<string> TryConnectAsync()
    {
        using var answer = await StartAsync(MapiHttpRequestTypes.Connect, ConnectBody());
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return $"{(int)answer.StatusCode}";
        }

        return MapiHttpInnerResponse.TryRead(await answer.Content.ReadAsByteArrayAsync(), out var inner)
            && ConnectResponse.TryRead(inner.Body.Span, out var response)
            ? $"0x{(uint)response.ErrorCode:X}"
            : $"X-ResponseCode {Code(answer)}";
    }

    public async Task<string> PingAsync() => (await SendAsync(MapiHttpRequestTypes.Ping, [])).Code;

    public async Task<string> DisconnectAsync() => (await SendAsync(MapiHttpRequestTypes.Disconnect, new DisconnectRequest().ToArray())).Code;

    /// <summary>A NotificationWait, whose answer has begun.</summary>
    public Task<HttpResponseMessage> WaitAsync() => StartAsync(MapiHttpRequestTypes.NotificationWait, new NotificationWaitRequest().ToArray());

    /// <summary>The three legs of NTLM, on requests without a body.</summary>
    public async Task LogOnByNtlmAsync(string user)
    {
        Authorization = new AuthenticationHeaderValue("NTLM", NtlmMessage.Negotiate());
        var challenge = (await SendAsync(MapiHttpRequestTypes.Ping, [])).Challenge!;
        Authorization = new AuthenticationHeaderValue("NTLM", NtlmMessage.Authenticate(challenge, user));
        await SendAsync(MapiHttpRequestTypes.Ping, []);
        Authorization = null;
    }

    /// <summary>The three legs of NTLM, the last of them a Connect.</summary>
    public async Task<string> ConnectByNtlmAsync(string user)
    {
        Authorization = new AuthenticationHeaderValue("NTLM", NtlmMessage.Negotiate());
        var challenge = (await SendAsync(MapiHttpRequestTypes.Connect, [])).Challenge!;
        Authorization = new AuthenticationHeaderValue("NTLM", NtlmMessage.Authenticate(challenge, user));
        var code = await TryConnectAsync();
        Authorization = null;
        return code;
    }

    public void Dispose() => _http.Dispose();

    private static string Code(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(MapiHttpHeaders.ResponseCode, out var codes) ? codes.Single() : $"HTTP {(int)answer.StatusCode}";

    private byte[] ConnectBody() => new ConnectRequest
    {
        UserDn = $"/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn={Mailbox}",
        AuxiliaryBuffer = AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = [process] }),
    }.ToArray();

    private async Task<(string Code, string? Challenge)> SendAsync(string type, byte[] body)
    {
        using var answer = await StartAsync(type, body);
        await answer.Content.CopyToAsync(Stream.Null).WithinBounds();
        return (Code(answer), answer.Headers.WwwAuthenticate.FirstOrDefault()?.Parameter);
    }

    private async Task<HttpResponseMessage> StartAsync(string type, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/mapi/emsmdb/")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Authorization = Authorization;
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", ForwardedFor is null ? [] : [ForwardedFor]);
        request.Headers.Add(MapiHttpHeaders.RequestType, type);
        request.Headers.Add(MapiHttpHeaders.RequestId, "{7A1C6E2B-0A3F-4C5D-9E21-5C1F2D3E4B5A}:1");
        request.Headers.Add(MapiHttpHeaders.ClientInfo, "{7A1C6E2B-0A3F-4C5D-9E21-5C1F2D3E4B5A}:1");
        request.Headers.Add(MapiHttpHeaders.ClientApplication, "Outlook/16.0.15928.20006");
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WithinBounds();
    }
}
