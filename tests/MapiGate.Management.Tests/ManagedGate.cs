using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MapiGate.Management.Tests;

/// <summary>A gate with its management, on a port of its own over real HTTP, and a client with a token that may write.</summary>
internal sealed class ManagedGate : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ManagedGate(WebApplication app, string folder) => (_app, Folder) = (app, folder);

    public string Folder { get; }

    public Uri Url { get; private set; } = null!;

    public string Token => JsonNode.Parse(File.ReadAllText(TokenFile))!["administrator"]![nameof(Token)]!.GetValue<string>();

    public string TokenFile => Path.Combine(Folder, "mapigate.tokens.json");

    public string PolicyFile => Path.Combine(Folder, "mapigate.policy.json");

    public Gatekeeper Gatekeeper => _app.Services.GetRequiredService<Gatekeeper>();

    public HttpClient Http { get; } = new();

    public static async Task<ManagedGate> StartAsync(Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var folder = Directory.CreateTempSubdirectory("managed-").FullName;
        try
        {
            return await StartAsync(folder, configure, map);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public static MapiClient Client(string process, string? user = null, string? version = null) =>
        new() { ProcessNames = [process], UserName = user, Version = version is null ? null : Version.Parse(version) };

    public MapiSession Logon(string process, string? user = null, string? version = null)
    {
        Gatekeeper.TryLogon(Client(process, user, version), out var session, out var verdict).Should().BeTrue(verdict.ToString());
        return session!;
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var answer = JsonNode.Parse(await Http.GetStringAsync(new Uri(Url, path)))!;
        ApiDescription.Check(HttpMethod.Get, path, 200, null, answer);
        return answer;
    }

    /// <summary>Sends an order with the version of the policy as it is now, or another.</summary>
    public async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, object? body = null, string? version = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path)) { Content = body is null ? null : JsonContent.Create(body) };
        version ??= (await GetAsync("policy"))["version"]!.GetValue<string>();
        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var answered = text.Length == 0 ? null : JsonNode.Parse(text);
        ApiDescription.Check(method, path, (int)answer.StatusCode, body is null ? null : JsonSerializer.SerializeToNode(body), answered);
        return ((int)answer.StatusCode, answered);
    }

    /// <summary>Gives somebody else a token.</summary>
    public string AddToken(string name, string right)
    {
        var token = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
        var tokens = JsonNode.Parse(File.ReadAllText(TokenFile))!;
        tokens[name] = new JsonObject { [nameof(Token)] = token, ["Right"] = right };
        File.WriteAllText(TokenFile, tokens.ToJsonString());
        return token;
    }

    public Task StopAsync() => _app.StopAsync().WithinBounds();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<ManagedGate> StartAsync(string folder, Action<WebApplicationBuilder>? configure, Action<WebApplication>? map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddLogging();
        builder.AddMapiGatePolicyFile();
        builder.Services.AddMapiGate(builder.Configuration);
        configure ??= host => host.Services.AddMapiGateTokens();
        configure(builder);
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        map ??= host => host.MapMapiGateManagement();
        map(app);
        await app.StartAsync();
        var gate = new ManagedGate(app, folder) { Url = new Uri($"{app.Urls.Single()}/mapigate/") };
        gate.Http.BaseAddress = gate.Url;
        if (File.Exists(gate.TokenFile))
        {
            gate.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gate.Token);
        }

        gate.Http.DefaultRequestHeaders.Add("X-MapiGate", "1");
        return gate;
    }
}
