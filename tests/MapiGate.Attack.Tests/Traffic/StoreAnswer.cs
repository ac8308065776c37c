using System.Net;
using MapiGate.Protocol;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>An answer read to its end.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="OuterCode">X-ResponseCode among the headers; -1 when there is none.</param>
/// <param name="Cookies">Each as "name=value".</param>
/// <param name="Body">As it came.</param>
/// <param name="RetryAfter">When to come back, if the server said so.</param>
internal sealed record StoreAnswer(HttpStatusCode Status, int OuterCode, IReadOnlyList<string> Cookies, byte[] Body, TimeSpan? RetryAfter)
{
    /// <summary>The code that counts: the last one.</summary>
    public int Code => MapiHttpInnerResponse.TryRead(Body, out var inner) && inner.ResponseCode is { } late ? (int)late : OuterCode;

    /// <summary>Whether a Connect gave a session.</summary>
    public bool IsLoggedOn => Cookies.Count > 0;

    /// <summary>The ErrorCode of a Connect that was answered.</summary>
    public MapiErrorCode ConnectError =>
        MapiHttpInnerResponse.TryRead(Body, out var inner) && ConnectResponse.TryRead(inner.Body.Span, out var response) ? response.ErrorCode : throw new InvalidDataException($"{Status}, code {Code}");
}
