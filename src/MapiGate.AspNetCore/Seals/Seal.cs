using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapiGate.AspNetCore;

/// <summary>What a gate tells itself, or another of the same keys, of a client that it let in.</summary>
/// <param name="Context">The hash of the cookie that names its context.</param>
/// <param name="IssuedAt">When it was sealed.</param>
/// <param name="Expiration">The server's own idle expiry.</param>
/// <param name="ProcessNames">What the client said at logon, as all that follows.</param>
/// <param name="Version">Its version.</param>
/// <param name="UserDn">Whose mailbox it asked for.</param>
/// <param name="UserName">Its account, where that was known.</param>
/// <param name="MachineName">Its machine.</param>
internal sealed record Seal(
    string Context, DateTimeOffset IssuedAt, TimeSpan Expiration, IReadOnlyList<string> ProcessNames, Version? Version, string? UserDn, string? UserName, string? MachineName)
{
    /// <summary>
    /// When it runs out: twice the server's expiry after it was made. It is renewed at half of that, so that a client always
    /// leaves with one that lives as long as its context.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset Until => IssuedAt + (2 * Expiration);

    [JsonIgnore]
    public DateTimeOffset RenewedAt => IssuedAt + Expiration;

    [JsonIgnore]
    public MapiClient Client => new() { ProcessNames = ProcessNames, Version = Version, UserDn = UserDn, UserName = UserName, MachineName = MachineName };

    public static Seal Of(MapiClient client, string cookie, DateTimeOffset issuedAt, TimeSpan expiration) =>
        new(ContextHash.Of(cookie), issuedAt, expiration, client.ProcessNames, client.Version, client.UserDn, client.UserName, client.MachineName);

    public byte[] ToArray() => JsonSerializer.SerializeToUtf8Bytes(this, SealJson.Default.Seal);

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    public static Seal Read(byte[] bytes) => JsonSerializer.Deserialize(bytes, SealJson.Default.Seal)!;

    /// <summary>Whether it was made for the context of this cookie.</summary>
    public bool Fits(string cookie) => Context == ContextHash.Of(cookie);
}
