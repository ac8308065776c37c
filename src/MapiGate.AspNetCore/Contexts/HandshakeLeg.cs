using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

/// <summary>
/// A request that lets nobody in, passed on for the sake of the server's challenge: a leg of an NTLM or Negotiate handshake, say.
/// Only a 401 may come back; anything else is replaced by what the gate would have said.
/// </summary>
/// <remarks>
/// It reaches the server without a body and without the cookies of a context: on a connection that is authenticated already
/// (NTLM), the server would otherwise carry out what it asks.
/// </remarks>
internal sealed class HandshakeLeg(HttpContext context, in MapiHttpRequest request, ContextTable contexts, GateAnswer otherwise)
    : RelayedRequest(context, request, contexts.Environment)
{
    protected override long SessionId => 0;

    public static bool HasNoBody(HttpRequest request) =>
        request.ContentLength == 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    public async Task RunBareAsync(RequestDelegate server)
    {
        var headers = Context.Request.Headers;
        var (cookies, length, coding, body) = (headers.Cookie, headers.ContentLength, headers.TransferEncoding, Context.Request.Body);
        headers.Cookie = contexts.WithoutAny(cookies);
        headers.TransferEncoding = default;
        headers.ContentLength = 0;
        Context.Request.Body = Stream.Null;
        try
        {
            await RunAsync(server).ConfigureAwait(false);
        }
        finally
        {
            (headers.Cookie, headers.ContentLength, headers.TransferEncoding, Context.Request.Body) = (cookies, length, coding, body);
        }
    }

    protected override Ending? AnswerStarting(IHttpResponseFeature head)
    {
        if (head.StatusCode == StatusCodes.Status401Unauthorized)
        {
            return null;
        }

        HttpLog.HandshakeReplaced(Environment.Logger, head.StatusCode);
        return new Ending(otherwise);
    }
}
