using MapiGate.Fleet.Tests.Gates;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Credentials;

/// <summary>Gates that no server lets in, all at once, since each is given some seconds before it says so.</summary>
[CollectionDefinition(nameof(RefusedGates))]
public sealed class RefusedGates : IAsyncLifetime, ICollectionFixture<RefusedGates>
{
    private static readonly Dictionary<string, string[]> Cases = new()
    {
        ["guarded, no key"] = ["CertificateAuthorityFile=rights-ca.pem"],
        ["guarded, unknown key"] = ["CertificateAuthorityFile=rights-ca.pem", "NKeySeedFile=unknown.seed"],
        ["guarded, foreign authority"] = ["CertificateAuthorityFile=foreign-ca.pem", "NKeySeedFile=gate.seed"],
        ["guarded, no authority"] = ["NKeySeedFile=gate.seed"],
        ["operator, no credentials"] = [],
        ["operator, credentials that have run out"] = ["CredentialsFile=over.creds"],
        ["guarded, unknown administrator"] = ["CertificateAuthorityFile=rights-ca.pem", "NKeySeedFile=gate.seed", "AdministratorNKeySeedFile=unknown.seed"],
        ["expired, any"] = ["CertificateAuthorityFile=ca.pem"],
        ["elsewhere, any"] = ["CertificateAuthorityFile=ca.pem"],
        ["plain, authority"] = ["CertificateAuthorityFile=ca.pem"],
        ["asking, no certificate"] = ["CertificateAuthorityFile=ca.pem"],
        ["asking, foreign certificate"] = ["CertificateAuthorityFile=ca.pem", "ClientCertificateFile=foreign.pem", "ClientKeyFile=foreign.key"],
        ["asking, expired certificate"] = ["CertificateAuthorityFile=ca.pem", "ClientCertificateFile=expired.pem", "ClientKeyFile=expired.key"],
    };

    private readonly Dictionary<string, GateHost> _gates = [];

    internal CredentialServers Servers { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (NatsServer.IsInstalled)
        {
            Servers = await CredentialServers.StartAsync();
            foreach (var (name, files) in Cases)
            {
                _gates[name] = await Servers.StartGateAsync(name.Split(',')[0], files);
            }
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var gate in _gates.Values)
        {
            await gate.DisposeAsync();
        }

        Servers?.Dispose();
    }

    /// <summary>A text with <c>{file}</c> in it as that file's path.</summary>
    internal string NamePath(string text) => text.Split('{', '}') is [var before, var file, var after] ? before + Servers.PathOf(file) + after : text;

    internal GateHost this[string name] => _gates[name];
}
