using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Authentication;

/// <summary>Compares passwords in a time that tells nothing about them.</summary>
/// <remarks>
/// Each is kept as a keyed hash, because <see cref="CryptographicOperations.FixedTimeEquals"/> takes the same time
/// for equal lengths only. An unknown name is compared too, with a hash that nothing produces: otherwise the
/// answer's time would say which names exist.
/// </remarks>
internal sealed class PasswordTable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _nobody = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly FrozenDictionary<string, byte[]> _hashes;

    public PasswordTable(IOptions<StoreOptions> options) =>
        _hashes = options.Value.Users.ToFrozenDictionary(
            user => user.Key, user => Hash(user.Value.Password), StringComparer.OrdinalIgnoreCase);

    public bool Matches(BasicCredentials credentials)
    {
        var expected = _hashes.GetValueOrDefault(credentials.UserName, _nobody);
        return CryptographicOperations.FixedTimeEquals(Hash(credentials.Password), expected);
    }

    private byte[] Hash(string password) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));
}
