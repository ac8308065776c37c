using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Fleet.Tests.Processes;

/// <summary>The store-service host in a process of its own, a gate of a fleet by its settings alone.</summary>
internal sealed partial class GateProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gate-").FullName;
    private readonly List<string> _settings;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly List<Outage> _outages = [];
    private readonly List<long> _starts = [];
    private readonly NetworkNamespace? _network;
    private readonly IReadOnlyList<Relay> _wires;
    private ChildProcess? _process;

    /// <param name="name">What the fleet calls it.</param>
    /// <param name="cluster">Its servers, each behind a wire of this gate's own.</param>
    /// <param name="rights">Who may do what; nobody asks when <see langword="null"/>.</param>
    /// <param name="mayOrder">Whether it is given an administrator's credentials.</param>
    /// <param name="network">A network of its own, if it has one.</param>
    public GateProcess(string name, NatsCluster cluster, FleetRights? rights = null, bool mayOrder = false, NetworkNamespace? network = null)
    {
        (Name, _network, _wires) = (name, network, [.. cluster.Servers.Select(server => new Relay(server.Port, network is null ? null : NetworkNamespace.Servers))]);
        File.Copy(Path.Combine(BuiltProgram.SampleFolder("StoreServiceHost"), "appsettings.json"), Path.Combine(_folder, "appsettings.json"));
        _settings = [$"--Fleet:Servers={string.Join(';', _wires.Select(wire => wire.Url))}", $"--Fleet:Gate={name}"];
        if (rights is not null)
        {
            _settings.AddRange([$"--Fleet:NKeySeedFile={rights.SeedFileOf(name)}", $"--Fleet:CertificateAuthorityFile={rights.AuthorityFile}"]);
            _settings.AddRange(mayOrder ? [$"--Fleet:AdministratorNKeySeedFile={rights.SeedFileOf(FleetRights.Administrator)}"] : []);
        }
    }

    public string Name { get; }

    /// <summary>When it was cut off from all servers.</summary>
    public IReadOnlyList<Outage> Outages => _outages;

    /// <summary>When it was started, each time.</summary>
    public IReadOnlyList<long> Starts => _starts;

    public Door Door { get; private set; } = null!;

    public string Url { get; private set; } = "";

    /// <summary>Where it is managed, for page and command line.</summary>
    public string ManagementUrl { get; private set; } = "";

    /// <summary>By which its page and API are opened.</summary>
    public string Token => JsonNode.Parse(File.ReadAllText(TokenFile))!["administrator"]![nameof(Token)]!.GetValue<string>();

    public string TokenFile => Path.Combine(_folder, "mapigate.tokens.json");

    /// <summary>The last it said of itself, and not of those who knocked.</summary>
    public string LastLines => string.Join('\n', (_process?.Lines ?? []).Where(line => !line.Contains("info: Store", StringComparison.Ordinal) && !line.Contains("Logon refused", StringComparison.Ordinal)).TakeLast(20));

    /// <summary>Runs it with a clock that is wrong by so much.</summary>
    public string? ClockOffset { get; init; }

    public double ResidentMegabytes => _process!.ResidentMegabytes;

    public async Task StartAsync()
    {
        var anywhere = $"http://{_network?.Gate.ToString() ?? "127.0.0.1"}:0";
        var start = NetworkNamespace.Start(_network, "dotnet", [
            BuiltProgram.Sample("StoreServiceHost"), "--contentRoot", _folder,
            "--urls", Url is "" ? anywhere : Url,
            "--Management:Url", ManagementUrl is "" ? anywhere : new Uri(ManagementUrl).GetLeftPart(UriPartial.Authority), .. _settings]);
        if (ClockOffset is not null)
        {
            start.Environment["LD_PRELOAD"] = Faketime.Library;
            start.Environment["FAKETIME"] = ClockOffset;
            start.Environment["DONT_FAKE_MONOTONIC"] = "1";
        }

        _starts.Add(TimeProvider.System.GetTimestamp());
        _process = new ChildProcess(start);
        ManagementUrl = $"{Address().Match(await _process.WaitForLineAsync("The gate is managed at")).Value}/mapigate/";
        Url = Address().Match(await _process.WaitForLineAsync("Listening at")).Value;
        Door = new Door(Url);
    }

    /// <summary>Kills it, as a crash does.</summary>
    public void Kill()
    {
        Door?.Dispose();
        _process!.Dispose();
        _process = null;
    }

    /// <summary>Whatever is sent between it and the servers is lost on the way, and nobody is told: its own network's link is down, where it has one.</summary>
    public void Isolate()
    {
        _outages.Add(new Outage(TimeProvider.System.GetTimestamp()));
        _network?.SetLink(isUp: false);
        foreach (var wire in _network is null ? _wires : [])
        {
            wire.Freeze();
        }
    }

    /// <summary>Ends its connections to the servers, and each that comes.</summary>
    public void Disconnect()
    {
        _outages.Add(new Outage(TimeProvider.System.GetTimestamp()));
        foreach (var wire in _wires)
        {
            wire.Cut();
        }
    }

    /// <summary>Lets it reach the servers again.</summary>
    public void Mend()
    {
        _outages[^1].To = TimeProvider.System.GetTimestamp();
        _network?.SetLink(isUp: true);
        foreach (var wire in _wires)
        {
            wire.Mend();
        }
    }

    public Task<string> WaitForLineAsync(string part, int from = 0) => _process!.WaitForLineAsync(part, from);

    /// <summary>What its management API answers.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>Asks something of its management API that changes something; the status and the answer.</summary>
    public async Task<(int Status, JsonNode? Answer)> SendAsync(HttpMethod method, string path, JsonNode body, string? ifMatch = null)
    {
        using var request = Request(method, path);
        request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch is null ? [] : [$"\"{ifMatch}\""]);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length > 0 ? JsonNode.Parse(text) : null);
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        foreach (var wire in _wires)
        {
            wire.Dispose();
        }

        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(new Uri(ManagementUrl), path));
        request.Headers.Add("Authorization", $"Bearer {Token}");
        request.Headers.Add("X-MapiGate", "1");
        return request;
    }

    [GeneratedRegex(@"http://[\d.:]+")]
    private static partial Regex Address();
}
