using NATS.Client.Core;
using NATS.NKeys;

namespace MapiGate.Fleet.Tests.Rights;

/// <summary>Who has which key, and the authority that all trust.</summary>
internal sealed class FleetRights : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly Dictionary<string, KeyPair> _keys;
    private readonly string _folder = Directory.CreateTempSubdirectory("rights-").FullName;
    private string _rights = "";

    private FleetRights(IEnumerable<string> names)
    {
        _keys = names.ToDictionary(name => name, _ => KeyPair.CreatePair(PrefixByte.User));
        File.WriteAllText(AuthorityFile, _authority.Pem);
        foreach (var (name, key) in _keys)
        {
            File.WriteAllText(SeedFileOf(name), key.GetSeed());
        }
    }

    public const string Owner = "owner";

    public const string Administrator = "administrator";

    /// <summary>Whom to trust.</summary>
    public string AuthorityFile => Path.Combine(_folder, "ca.pem");

    /// <summary>Makes keys for these gates, and rights from them by the commands of docs/fleet.md.</summary>
    public static async Task<FleetRights> CreateAsync(params string[] gates)
    {
        var rights = new FleetRights([.. gates, Owner, Administrator]);
        string[] arguments = [rights.PublicKeyOf(Owner), rights.PublicKeyOf(Administrator), .. gates.Select(gate => $"{gate}={rights.PublicKeyOf(gate)}")];
        rights._rights = await FleetDocument.RunAsync(rights._folder, $"{FleetDocument.Commands("> make-rights")}\nsh make-rights {string.Join(' ', arguments)}");
        return rights;
    }

    /// <summary>Has servers started from now on withhold the right to a subject, as older rights than the documented ones would.</summary>
    public void Withhold(string subject) => _rights = _rights.Replace(subject, "mapigate.withheld", StringComparison.Ordinal);

    /// <summary>Where the secret half of somebody's key stands.</summary>
    public string SeedFileOf(string name) => Path.Combine(_folder, $"{name}.seed");

    /// <summary>How somebody connects.</summary>
    public NatsOpts OptionsOf(string name, string urls) => new()
    {
        Url = urls,
        Name = name,
        InboxPrefix = name is Owner or Administrator ? "_INBOX" : $"_INBOX.{name}",
        AuthOpts = new NatsAuthOpts { NKey = PublicKeyOf(name), Seed = _keys[name].GetSeed() },
        TlsOpts = new NatsTlsOpts { Mode = TlsMode.Require, CaFile = AuthorityFile },
    };

    /// <summary>What a server needs beside its configuration.</summary>
    public void WriteFiles(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "rights.conf"), _rights);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), _authority.Pem);
        _authority.WriteServer(Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"));
    }

    public void Dispose()
    {
        _authority.Dispose();
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string PublicKeyOf(string name) => _keys[name].GetPublicKey();
}
