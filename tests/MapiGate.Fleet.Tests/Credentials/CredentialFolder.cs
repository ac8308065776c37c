using MapiGate.Fleet.Tests.Gates;
using MapiGate.Fleet.Tests.Rights;
using NATS.NKeys;

namespace MapiGate.Fleet.Tests.Credentials;

/// <summary>Files with which a gate may come to a server: good ones, and ones that are not.</summary>
internal sealed class CredentialFolder : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _stranger = new();

    public CredentialFolder()
    {
        File.WriteAllText(PathOf("ca.pem"), Authority.Pem);
        File.WriteAllText(PathOf("foreign-ca.pem"), _stranger.Pem);
        Authority.Write(PathOf("client.pem"), PathOf("client.key"), "gate-1");
        Authority.Write(PathOf("expired.pem"), PathOf("expired.key"), "gate-1", days: 0.5);
        _stranger.Write(PathOf("foreign.pem"), PathOf("foreign.key"), "gate-1");
        Operator.WriteUser(PathOf("gate.creds"));
        Operator.WriteUser(PathOf("over.creds"), isOver: true);
        using var unknown = KeyPair.CreatePair(PrefixByte.User);
        File.WriteAllText(PathOf("unknown.seed"), unknown.GetSeed());
        File.WriteAllText(PathOf("gate.seed"), unknown.GetSeed());
    }

    public TestAuthority Authority { get; } = new();

    public TestOperator Operator { get; } = new();

    /// <summary>A file by its name.</summary>
    public string PathOf(string file) => Path.Combine(_folder.Path, file);

    public string Of(string folder) => _folder.Of(folder);

    public void Dispose()
    {
        Operator.Dispose();
        Authority.Dispose();
        _stranger.Dispose();
        _folder.Dispose();
    }
}
