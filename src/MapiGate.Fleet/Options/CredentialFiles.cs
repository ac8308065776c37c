using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NATS.NKeys;

namespace MapiGate.Fleet;

/// <summary>Whether files with credentials hold what they have to: a start that fails says more than a server that lets nobody in.</summary>
internal static class CredentialFiles
{
    // As NATS tools mark them.
    private const string Token = "-----BEGIN NATS USER JWT-----";
    private const string Seed = "-----BEGIN USER NKEY SEED-----";

    /// <summary>What to do about the file of a setting; <see langword="null"/> when nothing.</summary>
    public static string? FindFix(string key, string file)
    {
        if (key.EndsWith(nameof(FleetOptions.NKeySeedFile), StringComparison.Ordinal))
        {
            return NKeySeed.TryRead(file) is null ? "no user's seed can be read there; write it as a line of its own that begins with SU, and let this process read it" : null;
        }

        if (key.EndsWith(nameof(FleetOptions.CredentialsFile), StringComparison.Ordinal))
        {
            return AreCredentials(file) ? null : "no user's token with its seed can be read there; write the file as nsc does, and let this process read it";
        }

        return key == nameof(FleetOptions.CertificateAuthorityFile) && !AreCertificates(file)
            ? "no certificate can be read there; write it as PEM, and let this process read it"
            : null;
    }

    /// <summary>Whether a key belongs to a certificate.</summary>
    public static bool IsPair(string certificate, string key) => Try(() =>
    {
        using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
        return true;
    });

    private static bool AreCertificates(string file) => Try(() =>
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0;
    });

    private static bool AreCredentials(string file) => Try(() =>
    {
        var lines = File.ReadLines(file).Select(line => line.Trim()).ToList();
        var (token, seed) = (lines.IndexOf(Token), lines.IndexOf(Seed));
        if (token < 0 || seed < 0)
        {
            return false;
        }

        using var pair = KeyPair.FromSeed(lines[seed + 1]);
        return lines[token + 1].Split('.').Length == 3;
    });

    private static bool Try(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or NKeysException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
