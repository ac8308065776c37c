using System.Net;
using MapiGate.Protocol;

namespace MapiClient.Sessions;

/// <summary>A server's answer, reduced to what a client acts on. An unknown code is kept and shown, never thrown.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Code">The code that says so, as it is usually written; <see langword="null"/> on success.</param>
/// <param name="Text">What happened, in words.</param>
internal readonly record struct MapiAnswer(AnswerKind Kind, string? Code, string Text)
{
    public static MapiAnswer Success { get; } = new(AnswerKind.Success, null, "ok");

    public bool IsSuccess => Kind == AnswerKind.Success;

    public static MapiAnswer Unreachable(string text) => new(AnswerKind.Unreachable, null, text);

    public static MapiAnswer Malformed(string what) => new(AnswerKind.Failed, null, $"{what} could not be read");

    public static MapiAnswer FromHttpStatus(HttpStatusCode status)
    {
        var code = $"HTTP {(int)status}";
        return status == HttpStatusCode.Unauthorized
            ? new MapiAnswer(AnswerKind.NotAuthenticated, code, "unknown user or wrong password")
            : new MapiAnswer(AnswerKind.Failed, code, $"the server answered {status}");
    }

    /// <summary>An <c>X-ResponseCode</c>, from the header or, when the failure came late, from the body.</summary>
    public static MapiAnswer FromResponseCode(MapiHttpResponseCode code) => code switch
    {
        MapiHttpResponseCode.Success => Success,
        MapiHttpResponseCode.ContextNotFound => new MapiAnswer(AnswerKind.Cut, Describe(code), "the server ended the session"),
        MapiHttpResponseCode.EndpointShuttingDown => new MapiAnswer(AnswerKind.Unreachable, Describe(code), "the server is shutting down"),
        MapiHttpResponseCode.AnonymousNotAllowed => new MapiAnswer(AnswerKind.NotAuthenticated, Describe(code), "the server wants to know the user"),
        _ => new MapiAnswer(AnswerKind.Failed, Describe(code), Enum.IsDefined(code) ? $"the server says {code}" : "the server sent an unknown response code"),
    };

    /// <summary>The two codes at the head of every response body.</summary>
    public static MapiAnswer FromBody(uint statusCode, MapiErrorCode errorCode)
    {
        if (statusCode != 0)
        {
            return new MapiAnswer(AnswerKind.Failed, $"StatusCode 0x{statusCode:X}", "the server could not process the request");
        }

        return errorCode == MapiErrorCode.Success ? Success : new MapiAnswer(AnswerKind.Refused, $"0x{(uint)errorCode:X}", Describe(errorCode));
    }

    public override string ToString() => Code is null ? Text : $"{Code}, {Text}";

    private static string Describe(MapiHttpResponseCode code) => $"X-ResponseCode {(int)code}";

    private static string Describe(MapiErrorCode code) => code switch
    {
        MapiErrorCode.ClientVersionDisallowed => "blocked by the administrator",
        MapiErrorCode.RpcHttpDisallowed => "not allowed over HTTP",
        MapiErrorCode.CachedModeRequired => "cached mode required",
        MapiErrorCode.ProtocolDisabled => "MAPI is disabled for this user",
        MapiErrorCode.AccessDenied => "access denied",
        MapiErrorCode.LoginPermission => "no permission to log on to this mailbox",
        MapiErrorCode.UnknownUser => "no such mailbox",
        MapiErrorCode.RpcFormat => "the server could not parse the ROPs",
        _ => Enum.IsDefined(code) ? code.ToString() : "an error code this client does not know",
    };
}
