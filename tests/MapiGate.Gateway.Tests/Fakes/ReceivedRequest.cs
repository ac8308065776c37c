using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>The head of a request as it reached the server behind.</summary>
internal sealed record ReceivedRequest(string Method, string Target, FrozenDictionary<string, StringValues> Headers, string ConnectionId)
{
    /// <summary>A header's values, empty where it did not come.</summary>
    public string this[string name] => Headers.TryGetValue(name, out var values) ? values.ToString() : "";

    public static ReceivedRequest Of(HttpRequest request) => new(
        request.Method,
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        request.Headers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        request.HttpContext.Connection.Id);
}
