using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MapiGate.Gateway.Tests.Processes;

/// <summary>The gateway in a process of its own, with a gateway.json of its own to edit.</summary>
internal sealed partial class RunningGateway : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-").FullName;
    private readonly ChildProcess _process;
    private readonly HttpClient _http = new();

    private RunningGateway(Uri server, string[] settings)
    {
        WritePolicy("");
        _process = new ChildProcess(
            BuiltProgram.Gateway,
            [
                "--contentRoot", _folder, "--Gateway:Server", server.GetLeftPart(UriPartial.Authority), "--Gateway:Listen", "http://127.0.0.1:0",
                "--Gateway:Management", "http://127.0.0.1:0", "--Gateway:DataDirectory", Path.Combine(_folder, "data"), .. settings,
            ]);
    }

    public Uri Url { get; private set; } = null!;

    public Uri Management { get; private set; } = null!;

    public IReadOnlyList<string> Lines => _process.Lines;

    public static async Task<RunningGateway> StartAsync(Uri server, params string[] settings)
    {
        var gateway = new RunningGateway(server, settings);
        var addresses = Address().Matches(await gateway._process.WaitForLineAsync("clients at"));
        (gateway.Url, gateway.Management) = (new Uri(addresses[^2].Value), new Uri(addresses[^1].Value));
        return gateway;
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

    private void WritePolicy(string programs) => File.WriteAllText(Path.Combine(_folder, "gateway.json"), JsonSerializer.Serialize(new JsonObject
    {
        ["MapiGate"] = new JsonObject { ["DisableMapiClientProcesses"] = programs },
        ["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Microsoft"] = "Warning", ["Yarp"] = "Error" }, ["Console"] = new JsonObject { ["FormatterName"] = "simple", ["FormatterOptions"] = new JsonObject { ["SingleLine"] = true } } },
    }));

    [GeneratedRegex(@"http://[\d.:]+")]
    private static partial Regex Address();
}
