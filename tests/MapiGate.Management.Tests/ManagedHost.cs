using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MapiGate.Management.Tests;

/// <summary>A host that answers every address with what it was sent, and whose gate is managed on a server of its own.</summary>
internal sealed class ManagedHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ManagedHost(WebApplication app, RecordingLogger log) => (_app, Log) = (app, log);

    public RecordingLogger Log { get; }

    public Uri Url { get; private set; } = null!;

    public Uri Management { get; private set; } = null!;

    public string Token { get; private set; } = null!;

    public static async Task<ManagedHost> StartAsync(string? management = "http://127.0.0.1:0", params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("managed-").FullName;
        try
        {
            return await StartAsync(folder, management, settings);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Asks with the right token, whatever else is said.</summary>
    public async Task<(int Status, string Text)> AskAsync(Uri url, string? cookie = null, string? hostHeader = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        request.Headers.Host = hostHeader;
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task StopAsync() => _app.StopAsync().WithinBounds();

    public async ValueTask DisposeAsync()
    {
        var folder = _app.Environment.ContentRootPath;
        await _app.StopAsync().WithinBounds();
        await _app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ManagedHost> StartAsync(string folder, string? management, (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection([new("Management:Url", management), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))]);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.AddMapiGatePolicyFile();
        builder.Services.AddMapiGate(builder.Configuration);
        builder.AddMapiGateManagement();
        var log = new RecordingLogger();
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        var app = builder.Build();
        app.Run(http => http.Response.WriteAsync($"host {http.Request.Headers.Cookie}"));
        var host = new ManagedHost(app, log);
        await app.StartAsync().WithinBounds();
        host.Url = new Uri(app.Urls.Single());
        if (management is not "")
        {
            host.Management = new Uri((await log.WaitForAsync("ManagementAt")).Message.Split(' ')[5].TrimEnd(';'));
            host.Token = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(builder.Environment.ContentRootPath, "mapigate.tokens.json")))!["administrator"]![nameof(Token)]!.GetValue<string>();
        }

        return host;
    }
}
