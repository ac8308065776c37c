using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MapiGate.TestSupport.Processes;

/// <summary>The store-service host in a process of its own, with an appsettings.json of its own to edit.</summary>
public sealed partial class StoreHost : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-").FullName;
    private ChildProcess _process = null!;
    private readonly HttpClient _http = new();

    private StoreHost()
    {
        File.Copy(Path.Combine(BuiltProgram.SampleFolder("StoreServiceHost"), "appsettings.json"), SettingsFile);
    }

    public string Url { get; private set; } = "";

    /// <summary>Where its gate is managed.</summary>
    public string ManagementUrl { get; private set; } = "";

    public string TokenFile => Path.Combine(_folder, "mapigate.tokens.json");

    /// <summary>The administrator's.</summary>
    public string Token => JsonNode.Parse(File.ReadAllText(TokenFile))!["administrator"]![nameof(Token)]!.GetValue<string>();

    public string SettingsFile => Path.Combine(_folder, "appsettings.json");

    public IReadOnlyList<string> Lines => _process.Lines;

    public int LineCount => _process.Lines.Count;

    public double ResidentMegabytes => _process.ResidentMegabytes;

    public static async Task<StoreHost> StartAsync()
    {
        var host = new StoreHost();
        await host.RunAsync("http://127.0.0.1:0", "http://127.0.0.1:0");
        return host;
    }

    /// <summary>Kills the host, as a crash does.</summary>
    public void Kill() => _process.Dispose();

    /// <summary>Starts it again, where it was.</summary>
    public Task StartAgainAsync() => RunAsync(Url, new Uri(ManagementUrl).GetLeftPart(UriPartial.Authority));

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

    private async Task RunAsync(string url, string management)
    {
        _process = new ChildProcess(BuiltProgram.Sample("StoreServiceHost"), "--contentRoot", _folder, "--urls", url, "--Management:Url", management);
        ManagementUrl = $"{Address().Match(await _process.WaitForLineAsync("The gate is managed at")).Value}/mapigate/";
        Url = Address().Match(await _process.WaitForLineAsync("Listening at")).Value;
    }

    private async Task<string> GetHealthAsync(Uri host)
    {
        using var answer = await _http.GetAsync(new Uri(host, "/healthz"));
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex(@"http://[\d.:]+")]
    private static partial Regex Address();
}
