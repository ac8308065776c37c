using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MapiGate.AspNetCore.Tests.Seals;

/// <summary>Keys that are there at start, and may go.</summary>
internal sealed class KeysThatFail : IDataProtectionProvider, IDataProtector
{
    private readonly EphemeralDataProtectionProvider _keys = new();

    public bool Fail { get; set; }

    public int Opened { get; private set; }

    public IDataProtector CreateProtector(string purpose) => this;

    public byte[] Protect(byte[] plaintext) => Fail ? throw new CryptographicException("no keys") : _keys.CreateProtector("test").Protect(plaintext);

    public byte[] Unprotect(byte[] protectedData)
    {
        Opened++;
        return _keys.CreateProtector("test").Unprotect(protectedData);
    }
}
