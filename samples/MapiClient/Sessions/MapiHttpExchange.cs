using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MapiGate.Protocol;

namespace MapiClient.Sessions;

/// <summary>Sends one request after another on a session's behalf: headers, cookies, and the reading of what comes back.</summary>
internal sealed class MapiHttpExchange(HttpClient http, Uri endpoint, ClientIdentity identity)
{
    /// <summary>Small, since ten thousand long polls hold one each.</summary>
    private const int BufferSize = 512;

    /// <summary>A server that stays silent for longer is gone, whatever the connection says.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(100);

    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private readonly AuthenticationHeaderValue _authorization = identity.ToAuthorization();
    private readonly string _clientInfo = Guid.NewGuid().ToString("B") + ":1";
    private readonly string _requestIds = Guid.NewGuid().ToString("B");
    private int _requests;

    /// <summary>Sends a request and reads the whole answer, however long the server keeps the client waiting.</summary>
    public async Task<(MapiAnswer Answer, ReadOnlyMemory<byte> Body)> SendAsync(
        string requestType, byte[] body, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            patience.CancelAfter(LongestSilence);
            using var request = CreateRequest(requestType, body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return (MapiAnswer.FromHttpStatus(response.StatusCode), default);
            }

            KeepCookies(response);
            var code = ReadCode(response);
            return code == MapiHttpResponseCode.Success
                ? await ReadAsync(response, patience)
                : (MapiAnswer.FromResponseCode(code), default);
        }
        catch (OperationCanceledException)
        {
            return (MapiAnswer.Unreachable(cancellationToken.IsCancellationRequested ? "stopped" : "the server went silent"), default);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (MapiAnswer.Unreachable(failure.Message), default);
        }
    }

    private HttpRequestMessage CreateRequest(string requestType, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Authorization = _authorization;
        request.Headers.Add(MapiHttpHeaders.RequestType, requestType);
        request.Headers.Add(MapiHttpHeaders.RequestId, string.Create(CultureInfo.InvariantCulture, $"{_requestIds}:{++_requests}"));
        request.Headers.Add(MapiHttpHeaders.ClientInfo, _clientInfo);
        if (identity.Version is { } version)
        {
            request.Headers.Add(MapiHttpHeaders.ClientApplication, ClientVersion.FormatApplication("Outlook", version));
        }

        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        return request;
    }

    /// <summary>Keeps every cookie, whatever its name and attributes: a MAPI/HTTP client talks to one path of one server.</summary>
    private void KeepCookies(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            return;
        }

        foreach (var cookie in cookies)
        {
            var pair = cookie.Split(';', 2)[0];
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                _cookies[pair[..equals].Trim()] = pair[(equals + 1)..].Trim();
            }
        }
    }

    /// <summary>A server that sends no code at all is taken to mean success: the body will show.</summary>
    private static MapiHttpResponseCode ReadCode(HttpResponseMessage response) =>
        response.Headers.TryGetValues(MapiHttpHeaders.ResponseCode, out var values)
        && int.TryParse(values.Last(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var code)
            ? (MapiHttpResponseCode)code
            : MapiHttpResponseCode.Success;

    private static async Task<(MapiAnswer Answer, ReadOnlyMemory<byte> Body)> ReadAsync(HttpResponseMessage response, CancellationTokenSource patience)
    {
        var reader = new MapiHttpResponseReader();
        var buffer = new byte[BufferSize];
        await using var stream = await response.Content.ReadAsStreamAsync(patience.Token);
        while (await stream.ReadAsync(buffer, patience.Token) is var count and > 0)
        {
            patience.CancelAfter(LongestSilence);
            if (!TryFeed(reader, buffer.AsSpan(0, count)))
            {
                return (MapiAnswer.Malformed("the response stream"), default);
            }
        }

        if (!reader.TryComplete(out var inner))
        {
            return (MapiAnswer.Unreachable("the response broke off"), default);
        }

        // A failure that came to light late stands inside the body.
        return (MapiAnswer.FromResponseCode(inner.ResponseCode ?? MapiHttpResponseCode.Success), inner.Body);
    }

    private static bool TryFeed(MapiHttpResponseReader reader, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            switch (reader.Read(ref bytes))
            {
                case MapiHttpResponseEvent.Malformed:
                    return false;
                case MapiHttpResponseEvent.NeedMoreData:
                    return true;
            }
        }
    }
}
