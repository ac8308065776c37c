using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MapiGate.Registry.Tests.Wine;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Registry.Tests.EndToEnd;

/// <summary>The store-service host as a Windows program, to which clients of this side connect.</summary>
internal sealed partial class WindowsStoreHost : IDisposable
{
    private readonly string _folder;
    private readonly ChildProcess _process;
    private readonly HttpClient _http = new();
    private readonly List<RunningClient> _clients = [];
    private string _url = "";

    private WindowsStoreHost(string folder, ProcessStartInfo start)
    {
        _folder = folder;
        _process = new ChildProcess(start);
    }

    public int LineCount => _process.Lines.Count;

    /// <summary>Starts the host and waits until it listens.</summary>
    /// <param name="wine">Where it runs.</param>
    /// <param name="processesInFile">What its appsettings.json says of programs to refuse.</param>
    public static async Task<WindowsStoreHost> StartAsync(WineSetup wine, string processesInFile)
    {
        var program = await wine.PublishAsync("samples/StoreServiceHost");
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(program)!, "appsettings.json")))!;
        settings["MapiGate"]!["DisableMapiClientProcesses"] = processesInFile;
        var folder = Directory.CreateTempSubdirectory("store-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), settings.ToJsonString());

        var host = new WindowsStoreHost(folder, wine.Prepare(program, "--contentRoot", folder, "--urls", "http://127.0.0.1:0", "--Management:Url", "http://127.0.0.1:0"));
        host._url = Address().Match(await host._process.WaitForLineAsync("Listening at")).Value;
        return host;
    }

    public Task<string> WaitForLineAsync(string part, int from = 0) => _process.WaitForLineAsync(part, from);

    /// <summary>A client that is logged on with its mailbox open.</summary>
    public async Task<RunningClient> LogonAsync(params string[] arguments)
    {
        var client = Client(arguments);
        await client.WaitForAsync("mailboxOpen");
        return client;
    }

    /// <summary>A client that is about to log on.</summary>
    public RunningClient Client(params string[] arguments)
    {
        var client = new RunningClient(_url, arguments);
        _clients.Add(client);
        return client;
    }

    public async Task<string> GetHealthAsync()
    {
        using var answer = await _http.GetAsync(new Uri(new Uri(_url), "/healthz"));
        return await answer.Content.ReadAsStringAsync();
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"http://[\d.:]+")]
    private static partial Regex Address();
}
