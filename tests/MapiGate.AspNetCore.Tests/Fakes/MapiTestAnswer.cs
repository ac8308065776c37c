using System.Globalization;
using System.Net;
using System.Text;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>An answer read to its end.</summary>
internal sealed record MapiTestAnswer(HttpStatusCode Status, ILookup<string, string> Headers, byte[] Body)
{
    /// <summary>X-ResponseCode of the outer header; -1 when there is none.</summary>
    public int Code => int.Parse(Headers[MapiHttpHeaders.ResponseCode].SingleOrDefault("-1"), CultureInfo.InvariantCulture);

    public string Text => Encoding.ASCII.GetString(Body);

    public string ContentType => Headers["Content-Type"].Single();

    /// <summary>Each cookie as "name=value".</summary>
    public IReadOnlyList<string> SetCookies => [.. Headers["Set-Cookie"].Select(cookie => cookie.Split(';')[0])];

    public MapiHttpInnerResponse Inner =>
        MapiHttpInnerResponse.TryRead(Body, out var inner, out var error) ? inner : throw new InvalidDataException($"{error}: {Text}");

    public ConnectResponse Connected =>
        ConnectResponse.TryRead(Inner.Body.Span, out var response) ? response : throw new InvalidDataException(Text);

    public static async Task<MapiTestAnswer> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync().WithinBounds();
        var headers = response.Headers.Concat(response.Content.Headers)
            .SelectMany(header => header.Value.Select(value => (header.Key, value)))
            .ToLookup(header => header.Key, header => header.value, StringComparer.OrdinalIgnoreCase);
        return new MapiTestAnswer(response.StatusCode, headers, body);
    }
}
