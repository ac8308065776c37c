using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MapiGate.TestSupport;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Fleet.Tests.Gateways;

/// <summary>The gateway in a process of its own, a gate of a fleet by its configuration alone.</summary>
internal sealed partial class FleetGateway : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-").FullName;
    private readonly string[] _arguments;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private ChildProcess? _process;

    /// <param name="settings">Its <c>gateway.json</c>.</param>
    /// <param name="arguments">More of its settings, on the command line.</param>
    public FleetGateway(JsonNode settings, params string[] arguments)
    {
        _arguments = arguments;
        File.WriteAllText(Path.Combine(_folder, "gateway.json"), settings.ToJsonString());
    }

    /// <summary>Where clients come.</summary>
    public Uri? Url { get; private set; }

    private Uri? Management { get; set; }

    private string Data => Path.Combine(_folder, "data");

    private string TokenFile => Path.Combine(Data, "mapigate.tokens.json");

    /// <summary>Starts it, where it was before.</summary>
    public async Task StartAsync()
    {
        _process = new ChildProcess(BuiltProgram.Gateway, [
            "--contentRoot", _folder, "--Gateway:DataDirectory", Data, "--Gateway:Listen", AddressOf(Url), "--Gateway:Management", AddressOf(Management), .. _arguments]);
        Url = new Uri(Address().Matches(await _process.WaitForLineAsync("clients at"))[^1].Value);
        Management = new Uri(Address().Match(await _process.WaitForLineAsync("managed at")).Value);
    }

    /// <summary>Kills it, as a crash does.</summary>
    public void Kill()
    {
        _process?.Dispose();
        _process = null;
    }

    public Task<string> WaitForLineAsync(string part) => _process!.WaitForLineAsync(part);

    public RunningClient Client(params string[] arguments) => new(Url!.ToString(), arguments);

    /// <summary>What its management API answers.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        var token = JsonNode.Parse(await File.ReadAllTextAsync(TokenFile))!["administrator"]!["Token"]!.GetValue<string>();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Management!, $"/mapigate/{path}")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async Task<(int Status, string Text)> GetHealthAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(Management!, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Runs a command line of <c>mapigate</c> against it.</summary>
    public async Task<string> RunAsync(string commandLine, string document)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "policy.json"), document);
        var start = new ProcessStartInfo("dotnet", [BuiltProgram.Mapigate, .. commandLine.Trim().Split(' ')[1..]])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MAPIGATE_URL"] = new Uri(Management!, "/mapigate/").ToString();
        start.Environment["MAPIGATE_TOKEN_FILE"] = TokenFile;
        using var mapigate = Process.Start(start)!;
        var (output, error) = (mapigate.StandardOutput.ReadToEndAsync(), mapigate.StandardError.ReadToEndAsync());
        await mapigate.WaitForExitAsync().WithinBounds();
        mapigate.ExitCode.Should().Be(0, await error + await output);
        return await output;
    }

    public void Dispose()
    {
        Kill();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string AddressOf(Uri? url) => url?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0";

    [GeneratedRegex(@"http://[\d.:]+")]
    private static partial Regex Address();
}
