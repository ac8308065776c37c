using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>Asks the management API of a gate.</summary>
internal sealed class ManagementClient : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    public ManagementClient(Uri url, string token)
    {
        _http.BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Add("X-MapiGate", "1");
    }

    /// <summary>The gates that did not answer when all were asked last.</summary>
    public string Missing { get; private set; } = string.Empty;

    /// <summary>Whether more than one gate was asked then.</summary>
    public bool IsOfMany { get; private set; }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, null, cancellationToken);

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, string? version, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        using var answer = await _http.SendAsync(request, cancellationToken);
        IsOfMany = answer.Headers.TryGetValues("X-MapiGate-Gates", out var gates) && int.TryParse(gates.First(), CultureInfo.InvariantCulture, out var number) && number > 1;
        Missing = answer.Headers.TryGetValues("X-MapiGate-Missing", out var missing) ? Uri.UnescapeDataString(string.Join(", ", missing)) : string.Empty;
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text) ?? new JsonObject() : throw Failed(answer.StatusCode, text);
    }

    /// <summary>The version of the policy document as it is now.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken) => (await GetAsync("policy", cancellationToken)).Text("version");

    /// <summary>The journal, entry by entry, as it grows.</summary>
    public async IAsyncEnumerable<JsonNode> FollowAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "journal");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw Failed(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("data: {\"", StringComparison.Ordinal))
            {
                yield return JsonNode.Parse(line["data: ".Length..])!;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static CommandFailed Failed(HttpStatusCode status, string text)
    {
        JsonNode? problem = null;
        try
        {
            problem = JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            // Somebody else answers there.
        }

        var errors = (problem?["errors"] as JsonArray ?? []).Select(error => error.Text("text")).ToList();
        var message = problem is null ? $"The server answered {(int)status}; is --url the address of its management?"
            : $"{problem.Text("title")}: {(errors.Count > 0 ? string.Join(Environment.NewLine, errors) : problem.Text("detail"))}";
        return new CommandFailed(problem?["hold"] is not null ? ExitCode.Held : status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests ? ExitCode.NotAllowed : ExitCode.Refused, message);
    }
}
