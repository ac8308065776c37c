using MapiGate.Fleet.Tests.Gates;
using MapiGate.Fleet.Tests.Rights;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Credentials;

/// <summary>Servers that each ask for something else, and gates that come to them.</summary>
internal sealed class CredentialServers : IDisposable
{
    private readonly CredentialFolder _files = new();
    private readonly Queue<int> _ports = new(Ports.Free(14));
    private readonly Dictionary<string, NatsServer> _servers = [];
    private readonly FleetRights _rights;

    private CredentialServers(FleetRights rights)
    {
        _rights = rights;
        File.Copy(rights.AuthorityFile, PathOf("rights-ca.pem"));
        File.Copy(rights.SeedFileOf("gate-1"), PathOf("gate.seed"), overwrite: true);
        File.Copy(rights.SeedFileOf(FleetRights.Administrator), PathOf("administrator.seed"));
        Start("plain", _ => "");
        Start("operator", _ => _files.Operator.Configuration);
        Start("tls", server => Tls(server, "localhost", "127.0.0.1"));
        Start("expired", server => Tls(server, "localhost", "127.0.0.1", days: 0.5));
        Start("elsewhere", server => Tls(server, "nats.example.com", null));
        Start("asking", server => Tls(server, "localhost", "127.0.0.1", more: $"verify: true, ca_file: \"{PathOf("ca.pem")}\""));
        Start("guarded", null);
    }

    public static async Task<CredentialServers> StartAsync()
    {
        var servers = new CredentialServers(await FleetRights.CreateAsync("gate-1"));
        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(servers._servers.Values.Select(server => server.IsHealthyAsync()))).All(healthy => healthy),
            TimeSpan.FromSeconds(30),
            () => string.Join('\n', servers._servers.Values.Select(server => server.Log)));
        return servers;
    }

    /// <summary>A file by its name.</summary>
    public string PathOf(string file) => _files.PathOf(file);

    /// <summary>Starts a gate that comes to a server with these files: <c>setting=file</c>.</summary>
    public Task<GateHost> StartGateAsync(string server, params string[] files) => GateHost.StartAsync("gate-1", _servers[server].Url, _files.Of(Guid.NewGuid().ToString("N")), options =>
    {
        foreach (var file in files.Select(file => file.Split('=')))
        {
            typeof(FleetOptions).GetProperty(file[0])!.SetValue(options, PathOf(file[1]));
        }
    });

    public void Dispose()
    {
        foreach (var server in _servers.Values)
        {
            server.Dispose();
        }

        _rights.Dispose();
        _files.Dispose();
    }

    // Without words of its own it is as docs/fleet.md has it.
    private void Start(string name, Func<NatsServer, string>? more)
    {
        var server = new NatsServer(_files.Of(name), name, _ports.Dequeue(), _ports.Dequeue());
        _rights.WriteFiles(server.Folder);
        server.Configuration = more is null ? FleetDocument.Configure(server, 0, [0]) : $$"""
            listen: "127.0.0.1:{{server.Port}}"
            http: "{{server.Monitor}}"
            jetstream { store_dir: "{{server.Store}}" }
            {{more(server)}}
            """;
        server.Start();
        _servers[name] = server;
    }

    private string Tls(NatsServer server, string name, string? address, double days = 30, string more = "")
    {
        var (certificate, key) = (Path.Combine(server.Folder, "own.pem"), Path.Combine(server.Folder, "own.key"));
        _files.Authority.Write(certificate, key, name, address is null ? null : [System.Net.IPAddress.Parse(address)], days);
        return $$"""tls { cert_file: "{{certificate}}", key_file: "{{key}}", {{more}} }""";
    }
}
