using System.Buffers;
using System.Globalization;
using MapiGate.Protocol;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Requests;

/// <summary>One HTTP request to the mailbox endpoint and its answer, in the protocol's form.</summary>
/// <remarks>
/// A failure known before anything was sent is an <c>X-ResponseCode</c> header (<see cref="FailAsync"/>). An answer
/// starts with PROCESSING, sent at once, and ends with DONE, a second set of headers and the body; a failure
/// that comes to light in between stands in that second set (MS-OXCMAPIHTTP 2.2.2.2).
/// </remarks>
internal sealed class EmsmdbExchange(HttpContext http, Mailbox mailbox, TimeProvider time)
{
    private readonly DateTimeOffset _startTime = time.GetUtcNow();
    private readonly long _startedAt = time.GetTimestamp();

    public HttpContext Http => http;

    /// <summary>The authenticated user's own.</summary>
    public Mailbox Mailbox => mailbox;

    /// <summary>
    /// Signalled when the client went away, and when the gate cut the session: then the gate writes the ending.
    /// </summary>
    public CancellationToken Aborted => http.RequestAborted;

    public string? Cookie(string name) => http.Request.Cookies[name];

    public void SetCookie(string name, string value) =>
        http.Response.Cookies.Append(name, value, new CookieOptions
        {
            Path = EmsmdbEndpoint.Path,
            HttpOnly = true,
            Secure = http.Request.IsHttps,
        });

    public async Task<byte[]> ReadBodyAsync()
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, Aborted);
        return body.ToArray();
    }

    /// <summary>Answers with a failure that was found before anything was sent. The text is for a person to read.</summary>
    public Task FailAsync(MapiHttpResponseCode code, string diagnostic)
    {
        http.Response.Headers[MapiHttpHeaders.ResponseCode] = ToText(code);
        http.Response.ContentType = MapiHttpContentType.Failure;
        return http.Response.WriteAsync($"<html><body>{diagnostic}</body></html>", Aborted);
    }

    /// <summary>Accepts the request: the headers and PROCESSING leave at once, so that the client knows it was heard.</summary>
    public async Task BeginAsync()
    {
        http.Response.Headers[MapiHttpHeaders.ResponseCode] = ToText(MapiHttpResponseCode.Success);
        http.Response.ContentType = MapiHttpContentType.Mapi;
        http.Response.BodyWriter.Write(MapiHttpFraming.Processing);
        await http.Response.BodyWriter.FlushAsync(Aborted);
    }

    /// <summary>A sign of life in a long poll.</summary>
    public async Task WritePendingAsync()
    {
        http.Response.BodyWriter.Write(MapiHttpFraming.Pending);
        await http.Response.BodyWriter.FlushAsync(Aborted);
    }

    /// <summary>Ends the answer. A late failure has no body.</summary>
    public async Task FinishAsync(MapiHttpResponseCode code, ReadOnlyMemory<byte> body)
    {
        MapiHttpFraming.WriteDone(http.Response.BodyWriter, code, time.GetElapsedTime(_startedAt), _startTime);
        http.Response.BodyWriter.Write(body.Span);
        await http.Response.BodyWriter.FlushAsync(Aborted);
    }

    /// <summary>The whole answer to a request that takes no time.</summary>
    public async Task AnswerAsync(ReadOnlyMemory<byte> body)
    {
        await BeginAsync();
        await FinishAsync(MapiHttpResponseCode.Success, body);
    }

    private static string ToText(MapiHttpResponseCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);
}
