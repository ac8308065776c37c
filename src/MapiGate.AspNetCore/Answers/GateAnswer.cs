using System.Buffers;
using System.Globalization;
using System.Text;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>What the gate itself says to a client: as a whole answer, or as the end of one that the server began.</summary>
internal sealed class GateAnswer
{
    private readonly MapiHttpResponseCode _code;
    private readonly byte[] _body;

    private GateAnswer(MapiHttpResponseCode code, byte[] body) => (_code, _body) = (code, body);

    /// <summary>The context is not known here: it was cut, has expired, or never came through this gate.</summary>
    public static GateAnswer ContextNotFound { get; } =
        Failure(MapiHttpResponseCode.ContextNotFound, "The Session Context has expired or was disconnected.");

    /// <summary>The value of a context cookie is none that a server could have set.</summary>
    public static GateAnswer InvalidContextCookie { get; } =
        Failure(MapiHttpResponseCode.InvalidContextCookie, "The Session Context cookie is malformed.");

    /// <summary>Which of several X-RequestType headers the server would go by is anybody's guess.</summary>
    public static GateAnswer AmbiguousType { get; } =
        Failure(MapiHttpResponseCode.InvalidHeader, "The request has several X-RequestType headers.");

    public static GateAnswer ConnectTooLarge { get; } =
        Failure(MapiHttpResponseCode.TooLarge, "The Connect request body is too large.");

    public static GateAnswer ConnectUnreadable { get; } =
        Failure(MapiHttpResponseCode.InvalidRequestBody, "The Connect request body is not valid.");

    /// <summary>
    /// A Connect that the policy denies: a success as HTTP and as MAPI/HTTP (X-ResponseCode 0), whose body says
    /// ecClientVerDisallowed (0x4DF) and which sets no cookie. Any code but 0 would send the client into connecting again.
    /// </summary>
    public static GateAnswer Refused { get; } =
        new(MapiHttpResponseCode.Success, ConnectResponse.Refused(MapiErrorCode.ClientVersionDisallowed).ToArray());

    /// <summary>A long poll in which nothing has happened: its client asks again.</summary>
    public static GateAnswer NoEvent { get; } = new(MapiHttpResponseCode.Success, new NotificationWaitResponse().ToArray());

    public int Code => (int)_code;

    /// <summary>Answers a request that never reaches the server.</summary>
    public async Task SendAsync(HttpContext context, MapiHttpRequest request, AnswerEnvironment environment)
    {
        var body = WriteHead(context.Features.GetRequiredFeature<IHttpResponseFeature>(), request, environment);
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes the status and headers, and returns the body to be sent. What stands there already stays, if it has another name.</summary>
    public ReadOnlyMemory<byte> WriteHead(IHttpResponseFeature response, in MapiHttpRequest request, AnswerEnvironment environment)
    {
        var body = _code == MapiHttpResponseCode.Success ? ToEnd(MapiHttpFraming.Processing, request, environment) : _body;
        var headers = response.Headers;
        response.StatusCode = StatusCodes.Status200OK;
        response.ReasonPhrase = null;
        headers.ContentType = _code == MapiHttpResponseCode.Success ? MapiHttpContentType.Mapi : MapiHttpContentType.Failure;
        headers.ContentLength = body.Length;
        Echo(headers, MapiHttpHeaders.RequestType, request.RequestType);
        Echo(headers, MapiHttpHeaders.RequestId, request.RequestId);
        Echo(headers, MapiHttpHeaders.ClientInfo, request.ClientInfo);
        headers[MapiHttpHeaders.ResponseCode] = Code.ToString(CultureInfo.InvariantCulture);
        environment.Traits.Write(headers);
        return body;
    }

    /// <summary>
    /// The late form: the head said 0 long ago, so the code goes after DONE, where the last one counts. A failure has no body.
    /// </summary>
    /// <param name="leadIn">What must come before DONE.</param>
    /// <param name="request">The request.</param>
    /// <param name="environment">Whose clock it is.</param>
    public ReadOnlyMemory<byte> ToEnd(ReadOnlySpan<byte> leadIn, in MapiHttpRequest request, AnswerEnvironment environment)
    {
        var elapsed = environment.Clock.GetElapsedTime(request.StartedAt);
        var stream = new ArrayBufferWriter<byte>(256);
        stream.Write(leadIn);
        MapiHttpFraming.WriteDone(stream, _code, elapsed, environment.Clock.GetUtcNow() - elapsed);
        stream.Write(_code == MapiHttpResponseCode.Success ? _body : []);
        return stream.WrittenMemory;
    }

    /// <summary>Any code but 0 carries a text for people, and nothing that the client sent.</summary>
    private static GateAnswer Failure(MapiHttpResponseCode code, string diagnostic) =>
        new(code, Encoding.ASCII.GetBytes($"<html><body><p>{diagnostic}</p></body></html>"));

    private static void Echo(IHeaderDictionary headers, string name, StringValues sent)
    {
        if (sent.Count > 0 && HeaderText.IsPrintable(sent))
        {
            headers[name] = sent;
        }
    }
}
