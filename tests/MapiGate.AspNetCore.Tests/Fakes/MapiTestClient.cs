using System.Net.Http.Headers;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>A MAPI/HTTP client that says of itself what a test wants, and keeps its cookies as a client must.</summary>
internal sealed class MapiTestClient(HttpMessageInvoker connection, Uri address)
{
    public const string RequestId = "{C715155F-2BE8-44E0-BD34-2960065754C8}:1";
    public const string ClientInfo = "{2F94A2BF-A2E6-4CCC-BF98-B5F22C542226}";

    public HttpMessageInvoker Connection => connection;

    public string? ProcessName { get; set; }

    public string UserDn { get; set; } = "/o=First Organization/cn=Recipients/cn=janedow";

    /// <summary>Whom a host authenticates it as, if the host goes by X-User.</summary>
    public string? User { get; set; }

    public string Path { get; set; } = "/mapi/emsmdb/?MailboxId=jane@example.com";

    public Version HttpVersion { get; init; } = System.Net.HttpVersion.Version11;

    public List<string> Cookies { get; set; } = [];

    public byte[] ConnectBody() => new ConnectRequest
    {
        UserDn = UserDn,
        AuxiliaryBuffer = ProcessName is null ? default : AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = [ProcessName] }),
    }.ToArray();

    public HttpRequestMessage NewRequest(string type, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address.GetLeftPart(UriPartial.Authority) + Path))
        {
            Content = content,
            Version = HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Add(MapiHttpHeaders.RequestType, type);
        request.Headers.Add(MapiHttpHeaders.RequestId, RequestId);
        request.Headers.Add(MapiHttpHeaders.ClientInfo, ClientInfo);
        request.Headers.Add(MapiHttpHeaders.ClientApplication, "Outlook/16.0.15928.20006");
        if (User is not null)
        {
            request.Headers.Add("X-User", User);
        }

        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies));
        }

        return request;
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    public async Task<MapiTestAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using var response = await StartAsync(request, cancellationToken);
        return await MapiTestAnswer.ReadAsync(response);
    }

    /// <summary>Sends a request and returns with the answer's head, the body still to come.</summary>
    public async Task<HttpResponseMessage> StartAsync(HttpRequestMessage request, CancellationToken cancellationToken = default) =>
        await connection.SendAsync(request, cancellationToken).WithinBounds();

    public async Task<MapiTestAnswer> ConnectAsync(HttpContent? content = null)
    {
        var answer = await SendAsync(NewRequest(MapiHttpRequestTypes.Connect, content ?? new ByteArrayContent(ConnectBody())));
        Cookies = answer.SetCookies.Count > 0 ? [.. answer.SetCookies] : Cookies;
        return answer;
    }

    public Task<MapiTestAnswer> ExecuteAsync() => SendAsync(ExecuteRequest());

    public HttpRequestMessage ExecuteRequest() =>
        NewRequest(MapiHttpRequestTypes.Execute, new ByteArrayContent(new ExecuteRequest().ToArray()));

    public Task<MapiTestAnswer> DisconnectAsync() =>
        SendAsync(NewRequest(MapiHttpRequestTypes.Disconnect, new ByteArrayContent(new DisconnectRequest().ToArray())));

    public HttpRequestMessage WaitRequest() =>
        NewRequest(MapiHttpRequestTypes.NotificationWait, new ByteArrayContent(new NotificationWaitRequest().ToArray()));
}
