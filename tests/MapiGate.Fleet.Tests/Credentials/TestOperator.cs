using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using NATS.NKeys;

namespace MapiGate.Fleet.Tests.Credentials;

/// <summary>What the tool <c>nsc</c> makes: an operator, an account, and users with credentials files.</summary>
internal sealed class TestOperator : IDisposable
{
    private const long Hour = 3600;

    private readonly KeyPair _operator = KeyPair.CreatePair(PrefixByte.Operator);
    private readonly KeyPair _system = KeyPair.CreatePair(PrefixByte.Account);
    private readonly KeyPair _account = KeyPair.CreatePair(PrefixByte.Account);

    /// <summary>What a server's configuration has to say.</summary>
    public string Configuration => $$"""

        operator: "{{Sign(_operator, _operator, "operator", [])}}"
        system_account: {{_system.GetPublicKey()}}
        resolver: MEMORY
        resolver_preload {
          {{_system.GetPublicKey()}}: "{{Sign(_operator, _system, "account", Limits(streams: false))}}"
          {{_account.GetPublicKey()}}: "{{Sign(_operator, _account, "account", Limits(streams: true))}}"
        }
        """;

    /// <summary>Writes a user's credentials file.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="isOver">Whether they were good until an hour ago.</param>
    public void WriteUser(string file, bool isOver = false)
    {
        using var user = KeyPair.CreatePair(PrefixByte.User);
        var token = Sign(_account, user, "user", new JsonObject { ["subs"] = -1, ["data"] = -1, ["payload"] = -1 }, isOver ? -Hour : null);
        File.WriteAllText(file, $"""
            -----BEGIN NATS USER JWT-----
            {token}
            ------END NATS USER JWT------

            -----BEGIN USER NKEY SEED-----
            {user.GetSeed()}
            ------END USER NKEY SEED------
            """);
    }

    public void Dispose()
    {
        _operator.Dispose();
        _system.Dispose();
        _account.Dispose();
    }

    private static JsonObject Limits(bool streams)
    {
        var limits = new JsonObject { ["subs"] = -1, ["data"] = -1, ["payload"] = -1, ["imports"] = -1, ["exports"] = -1, ["wildcards"] = true, ["conn"] = -1, ["leaf"] = -1 };
        if (streams)
        {
            (limits["mem_storage"], limits["disk_storage"], limits["streams"], limits["consumer"]) = (-1, -1, -1, -1);
        }

        return new JsonObject { ["limits"] = limits };
    }

    private static string Sign(KeyPair issuer, KeyPair subject, string type, JsonObject claims, long? until = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        (claims["type"], claims["version"]) = (type, 2);
        var payload = new JsonObject { ["iat"] = now - Hour, ["iss"] = issuer.GetPublicKey(), ["name"] = type, ["sub"] = subject.GetPublicKey(), ["nats"] = claims };
        if (until is { } seconds)
        {
            payload["exp"] = now + seconds;
        }

        var signed = $$"""{{Encode("""{"typ":"JWT","alg":"ed25519-nkey"}"""u8)}}.{{Encode(Encoding.UTF8.GetBytes(payload.ToJsonString()))}}""";
        var signature = new byte[64];
        issuer.Sign(Encoding.ASCII.GetBytes(signed), signature);
        return $"{signed}.{Encode(signature)}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
