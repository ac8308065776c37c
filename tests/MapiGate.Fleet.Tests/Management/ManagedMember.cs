using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>A gate of a fleet with its management, in a host of its own over real HTTP.</summary>
internal sealed class ManagedMember : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly List<MapiSession> _sessions = [];
    private bool _isStopped;

    private ManagedMember(WebApplication app, string name, string folder) => (_app, Name, Folder) = (app, name, folder);

    public string Name { get; }

    public string Folder { get; }

    public Uri Url { get; private set; } = null!;

    public string TokenFile => Path.Combine(Folder, "mapigate.tokens.json");

    public string Token => JsonNode.Parse(File.ReadAllText(TokenFile))!["administrator"]![nameof(Token)]!.GetValue<string>();

    public Gatekeeper Gatekeeper => _app.Services.GetRequiredService<Gatekeeper>();

    public IGateFleet Fleet => _app.Services.GetRequiredService<IGateFleet>();

    /// <param name="name">What the fleet calls it.</param>
    /// <param name="urls">The fleet's servers.</param>
    /// <param name="rights">Who may do what; nobody asks when <see langword="null"/>.</param>
    /// <param name="mayOrder">Whether it is given an administrator's credentials.</param>
    public static async Task<ManagedMember> StartAsync(string name, string urls, FleetRights? rights = null, bool mayOrder = false)
    {
        var folder = Directory.CreateTempSubdirectory("member-").FullName;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddLogging();
        builder.AddMapiGateFleet(options =>
        {
            (options.Servers, options.Gate) = (urls.Replace(',', ';'), name);
            if (rights is not null)
            {
                (options.NKeySeedFile, options.CertificateAuthorityFile) = (rights.SeedFileOf(name), rights.AuthorityFile);
                options.AdministratorNKeySeedFile = mayOrder ? rights.SeedFileOf(FleetRights.Administrator) : string.Empty;
            }
        });
        builder.Services.AddMapiGate(builder.Configuration);
        builder.Services.AddMapiGateTokens();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapMapiGateManagement();
        await app.StartAsync().WithinBounds();
        var member = new ManagedMember(app, name, folder) { Url = new Uri($"{app.Urls.Single()}/mapigate/") };
        member._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", member.Token);
        member._http.DefaultRequestHeaders.Add("X-MapiGate", "1");
        return member;
    }

    /// <summary>Logs a client on, for as long as the gate runs.</summary>
    public MapiSession Logon(string process, string? user = null)
    {
        Gatekeeper.TryLogon(new MapiClient { ProcessNames = [process], UserName = user }, out var session, out var verdict).Should().BeTrue(verdict.ToString());
        _sessions.Add(session!);
        return session!;
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(new Uri(Url, path)))!;

    /// <summary>Which gates the answer's head says are missing.</summary>
    public async Task<string> MissingAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(Url, path));
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
        return answer.Headers.TryGetValues("X-MapiGate-Missing", out var missing) ? string.Join(", ", missing) : string.Empty;
    }

    /// <summary>Sends an order with the version of the policy as it is now.</summary>
    public async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{(await GetAsync("policy"))["version"]}\""));
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public Task<(int Status, JsonNode? Body)> PutAsync(string document, string? confirm = null) => SendAsync(HttpMethod.Put, "policy", new { document, reason = "a test", confirm });

    /// <summary>Waits until this gate says of so many that they are as they should be.</summary>
    public async Task WaitForGatesAsync(int gates, string state = "SYNCED")
    {
        JsonNode? seen = null;
        await Eventually.TrueAsync(
            async () => (seen = await GetAsync("gates")).AsArray().Count(gate => gate!["state"]!.GetValue<string>() == state) == gates,
            TimeSpan.FromSeconds(30),
            () => $"{seen}");
    }

    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _app.StopAsync().WithinBounds();
            await _app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
