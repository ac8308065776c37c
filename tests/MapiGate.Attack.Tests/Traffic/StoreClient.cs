using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>A MAPI/HTTP client of one user, which says of itself what a test wants.</summary>
internal sealed class StoreClient(HttpMessageInvoker connection, Uri address, string user)
{
    private readonly AuthenticationHeaderValue _authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:demo")));

    public string ProcessName { get; set; } = "OUTLOOK.EXE";

    public string? MachineName { get; set; }

    public string UserDn { get; set; } = Dn(user);

    public string RequestId { get; set; } = "{C715155F-2BE8-44E0-BD34-2960065754C8}:1";

    /// <summary>What the last Connect brought, as "name=value".</summary>
    public IReadOnlyList<string> Cookies { get; set; } = [];

    public static string Dn(string user) =>
        $"/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn={user}";

    /// <summary>Logs on, and keeps the cookies.</summary>
    public async Task<StoreAnswer> ConnectAsync()
    {
        var answer = await SendAsync(MapiHttpRequestTypes.Connect, ConnectBody());
        Cookies = answer.Cookies.Count > 0 ? answer.Cookies : Cookies;
        return answer;
    }

    /// <summary>Sends a request with the cookies it has, and takes the sequence on as a client must.</summary>
    public async Task<StoreAnswer> ExecuteAsync()
    {
        var answer = await SendAsync(MapiHttpRequestTypes.Execute, new ExecuteRequest().ToArray());
        Cookies = answer.Cookies.Count > 0 ? answer.Cookies : Cookies;
        return answer;
    }

    public async Task<StoreAnswer> SendAsync(string type, byte[] body)
    {
        using var request = CreateRequest(type, body);
        using var response = await connection.SendAsync(request, CancellationToken.None).WithinBounds();
        var content = await response.Content.ReadAsByteArrayAsync().WithinBounds();
        var code = response.Headers.TryGetValues(MapiHttpHeaders.ResponseCode, out var codes) ? int.Parse(codes.Single(), CultureInfo.InvariantCulture) : -1;
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(cookie => cookie.Split(';')[0]).ToList() : [];
        return new StoreAnswer(response.StatusCode, code, cookies, content, response.Headers.RetryAfter?.Delta);
    }

    public byte[] ConnectBody() => new ConnectRequest
    {
        UserDn = UserDn,
        AuxiliaryBuffer = AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = [ProcessName], MachineName = MachineName }),
    }.ToArray();

    private HttpRequestMessage CreateRequest(string type, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/mapi/emsmdb")) { Content = new ByteArrayContent(body), Version = HttpVersion.Version11 };
        request.Headers.Authorization = _authorization;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Add(MapiHttpHeaders.RequestType, type);
        request.Headers.TryAddWithoutValidation(MapiHttpHeaders.RequestId, RequestId);
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies));
        }

        return request;
    }
}
