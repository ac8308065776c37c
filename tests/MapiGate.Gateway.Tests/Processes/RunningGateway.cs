using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MapiGate.Gateway.Tests.Processes;

/// <summary>The gateway in a process of its own, with a gateway.json of its own to edit.</summary>
internal sealed partial class RunningGateway : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-").FullName;
    private readonly Uri _server;
    private readonly string[] _settings;
    private ChildProcess _process;
    private readonly HttpClient _http = new();

    private RunningGateway(Uri server, string[] settings)
    {
        (_server, _settings) = (server, settings);
        WritePolicy("");
        _process = Launch("http://127.0.0.1:0");
    }

    public Uri Url { get; private set; } = null!;

    public Uri Management { get; private set; } = null!;

    public IReadOnlyList<string> Lines => _process.Lines;

    public static async Task<RunningGateway> StartAsync(Uri server, params string[] settings)
    {
        var gateway = new RunningGateway(server, settings);
        await gateway.ReadAddressesAsync();
        return gateway;
    }

    /// <summary>Kills the process, and starts another at the same address with the same folder.</summary>
    public async Task RestartAsync(string blocked)
    {
        _process.Dispose();
        WritePolicy(blocked);
        _process = Launch(Url.GetLeftPart(UriPartial.Authority));
        await ReadAddressesAsync();
    }

    /// <summary>Blocks programs, as an administrator would: by writing the file anew.</summary>
    public async Task<string> BlockAsync(string programs)
    {
        var from = Lines.Count;
        WritePolicy(programs);
        return await _process.WaitForLineAsync("Policy changed", from);
    }

    public Task<string> WaitForLineAsync(string part, int from = 0) => _process.WaitForLineAsync(part, from);

    public RunningClient Client(params string[] arguments) => new(Url.ToString(), arguments);

    public async Task<(int Status, string Text)> GetHealthAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(Management, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void BreakPolicy() => File.WriteAllText(Path.Combine(_folder, "gateway.json"), "{ \"MapiGate\": ");

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ChildProcess Launch(string listen) => new(
        BuiltProgram.Gateway,
        [
            "--contentRoot", _folder, "--Gateway:Server", _server.GetLeftPart(UriPartial.Authority), "--Gateway:Listen", listen,
            "--Gateway:Management", "http://127.0.0.1:0", "--Gateway:DataDirectory", Path.Combine(_folder, "data"), .. _settings,
        ]);

    private async Task ReadAddressesAsync()
    {
        var addresses = Address().Matches(await _process.WaitForLineAsync("clients at"));
        (Url, Management) = (new Uri(addresses[^2].Value), new Uri(addresses[^1].Value));
    }

    private void WritePolicy(string programs) => File.WriteAllText(Path.Combine(_folder, "gateway.json"), JsonSerializer.Serialize(new JsonObject
    {
        ["MapiGate"] = new JsonObject { ["DisableMapiClientProcesses"] = programs },
        ["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Microsoft"] = "Warning", ["Yarp"] = "Error" }, ["Console"] = new JsonObject { ["FormatterName"] = "simple", ["FormatterOptions"] = new JsonObject { ["SingleLine"] = true } } },
    }));

    [GeneratedRegex(@"http://[\d.:]+")]
    private static partial Regex Address();
}
