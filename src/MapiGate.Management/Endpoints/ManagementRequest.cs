using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Management;

/// <summary>What every endpoint needs of a request.</summary>
internal static class ManagementRequest
{
    private const int MostBytes = 4 * 1024 * 1024;

    public static Gatekeeper Gate(this HttpContext http) => http.RequestServices.GetRequiredService<Gatekeeper>();

    public static IPolicyStore Store(this HttpContext http) => http.RequestServices.GetService<IPolicyStore>()
        ?? throw new InvalidOperationException("There is no policy store; call builder.AddMapiGatePolicyFile().");

    public static ILogger Audit(this HttpContext http) => AuditLog.Of(http.RequestServices.GetRequiredService<ILoggerFactory>());

    /// <summary>Who asks: the author of what changes.</summary>
    public static string Author(this HttpContext http) => http.User.Identity?.Name is { Length: > 0 } name ? name : "unnamed";

    public static string Address(this HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? string.Empty;

    public static DateTimeOffset Now(this HttpContext http) => (http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow();

    /// <summary>Makes one line of what a person wrote, fit for a log.</summary>
    public static string OneLine(string? text) => string.Concat((text ?? string.Empty).Take(200).Select(c => char.IsControl(c) ? ' ' : c is '"' ? '\'' : c));

    /// <summary>Reads the body and goes on, or says why it cannot be read.</summary>
    public static async Task<IResult> ReadAsync<T>(this HttpContext http, JsonTypeInfo<T> type, Func<T, Task<IResult>> then)
        where T : class
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        T? order;
        try
        {
            order = http.Request.HasJsonContentType() ? await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted).ConfigureAwait(false) : null;
        }
        catch (JsonException e)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "The body cannot be read", e.Message);
        }

        return order is null
            ? Problem.Of(StatusCodes.Status400BadRequest, "The body cannot be read", "Send a JSON object, with Content-Type: application/json.")
            : await then(order).ConfigureAwait(false);
    }

    /// <summary>The version that the writer saw; <see langword="null"/> with an answer when the request does not say.</summary>
    public static string? ExpectedVersion(this HttpContext http, out IResult problem)
    {
        var sent = http.Request.Headers.IfMatch.ToString().Trim();
        problem = Problem.Of(StatusCodes.Status428PreconditionRequired, "Which version?", "Send If-Match with the version of the policy document that was seen, as GET policy gives it.");
        return sent.Length > 2 && sent[0] == '"' && sent[^1] == '"' ? sent[1..^1] : null;
    }
}
