using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Processes;

/// <summary>The gateway in a process of its own, with a gateway.json of its own to edit.</summary>
internal sealed partial class RunningGateway : IDisposable
{
    private readonly Uri _server;
    private readonly string[] _settings;
    private readonly HttpClient _http = new();
    private ChildProcess _process;

    private RunningGateway(Uri server, JsonObject policy, string[] settings)
    {
        (_server, _settings) = (server, settings);
        WritePolicy(policy);
        _process = Launch("http://127.0.0.1:0");
    }

    /// <summary>Its content root, with gateway.json.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("gateway-").FullName;

    public string DataFolder => Path.Combine(Folder, "data");

    public Uri Url { get; private set; } = null!;

    public Uri Management { get; private set; } = null!;

    public IReadOnlyList<string> Lines => _process.Lines;

    public double ResidentMegabytes => _process.ResidentMegabytes;

    /// <summary>Starts it before a server.</summary>
    /// <param name="settings">More of the command line, as key and value.</param>
    public static Task<RunningGateway> StartAsync(Uri server, params string[] settings) => StartAsync(server, Blocking(""), settings);

    /// <summary>Starts it with a policy.</summary>
    public static async Task<RunningGateway> StartAsync(Uri server, JsonObject policy, params string[] settings)
    {
        var gateway = new RunningGateway(server, policy, settings);
        await gateway.ReadAddressesAsync();
        return gateway;
    }

    /// <summary>Kills the process, and starts another at the same address with the same folder.</summary>
    public async Task RestartAsync(string blocked)
    {
        _process.Dispose();
        WritePolicy(Blocking(blocked));
        _process = Launch(Url.GetLeftPart(UriPartial.Authority));
        await ReadAddressesAsync();
    }

    /// <summary>Blocks programs, as an administrator would: by writing the file anew.</summary>
    public async Task<string> BlockAsync(string programs)
    {
        var from = Lines.Count;
        WritePolicy(Blocking(programs));
        return await _process.WaitForLineAsync("Policy changed", from);
    }

    public Task<string> WaitForLineAsync(string part, int from = 0) => _process.WaitForLineAsync(part, from);

    public Task<string> WaitForLineAsync(Func<string, bool> match, int from) => _process.WaitForLineAsync(match, from);

    public RunningClient Client(params string[] arguments) => new(Url.ToString(), arguments);

    public async Task<(int Status, string Text)> GetHealthAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(Management, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void BreakPolicy() => File.WriteAllText(Path.Combine(Folder, "gateway.json"), "{ \"MapiGate\": ");

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static JsonObject Blocking(string programs) => new() { ["DisableMapiClientProcesses"] = programs };

    private ChildProcess Launch(string listen)
    {
        string[] arguments =
        [
            BuiltProgram.Gateway, "--contentRoot", Folder, "--Gateway:Server", _server.GetLeftPart(UriPartial.Authority), "--Gateway:Listen", listen,
            "--Gateway:Management", "http://127.0.0.1:0", "--Gateway:DataDirectory", DataFolder, .. _settings,
        ];
        return new ChildProcess(new ProcessStartInfo("dotnet", arguments));
    }

    private async Task ReadAddressesAsync()
    {
        Url = new Uri(Address().Matches(await _process.WaitForLineAsync("clients at"))[^1].Value);
        Management = new Uri(Address().Match(await _process.WaitForLineAsync("managed at")).Value);
    }

    private void WritePolicy(JsonObject policy) =>
        File.WriteAllText(Path.Combine(Folder, "gateway.json"), new JsonObject { ["MapiGate"] = policy }.ToJsonString());

    [GeneratedRegex(@"https?://[\d.:]+")]
    private static partial Regex Address();
}
