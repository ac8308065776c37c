using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MapiGate.EndToEnd.Tests.Processes;

/// <summary>The store-service host in a process of its own, with an appsettings.json of its own to edit.</summary>
internal sealed partial class StoreHost : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-").FullName;
    private readonly ChildProcess _process;
    private readonly HttpClient _http = new();

    private StoreHost()
    {
        File.Copy(Path.Combine(Sample.Folder("StoreServiceHost"), "appsettings.json"), SettingsFile);
        _process = new ChildProcess(Sample.Program("StoreServiceHost"), "--contentRoot", _folder, "--urls", "http://127.0.0.1:0", "--Management:Url", "http://127.0.0.1:0");
    }

    public string Url { get; private set; } = "";

    /// <summary>Where its gate is managed.</summary>
    public string ManagementUrl { get; private set; } = "";

    public string TokenFile => Path.Combine(_folder, "mapigate.tokens.json");

    public IReadOnlyList<string> Lines => _process.Lines;

    public string SettingsFile => Path.Combine(_folder, "appsettings.json");

    public int LineCount => _process.Lines.Count;

    public double ResidentMegabytes => _process.ResidentMegabytes;

    public static async Task<StoreHost> StartAsync()
    {
        var host = new StoreHost();
        host.ManagementUrl = $"{Address().Match(await host._process.WaitForLineAsync("The gate is managed at")).Value}/mapigate/";
        host.Url = Address().Match(await host._process.WaitForLineAsync("Listening at")).Value;
        return host;
    }

    /// <summary>Edits the section MapiGate of appsettings.json, as an administrator would: by writing the file anew.</summary>
    public void EditPolicy(Action<JsonObject> edit)
    {
        var settings = JsonNode.Parse(File.ReadAllText(SettingsFile))!.AsObject();
        edit(settings["MapiGate"]!.AsObject());
        File.WriteAllText(SettingsFile, settings.ToJsonString());
    }

    /// <summary>Edits the policy and waits for what the host says of it.</summary>
    public async Task<string> EditPolicyAsync(Action<JsonObject> edit, string expectedLine = "Policy changed")
    {
        var from = LineCount;
        EditPolicy(edit);
        return await WaitForLineAsync(expectedLine, from);
    }

    public Task<string> WaitForLineAsync(string part, int from = 0) => _process.WaitForLineAsync(part, from);

    public Task<string> GetHealthAsync() => GetHealthAsync(new Uri(Url));

    public RunningClient Client(params string[] arguments) => new(Url, arguments);

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> GetHealthAsync(Uri host)
    {
        using var answer = await _http.GetAsync(new Uri(host, "/healthz"));
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex(@"http://[\d.:]+")]
    private static partial Regex Address();
}
