using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>
/// The page's cookie: the token's name and a moment, sealed with the token itself. It is not the token, needs nothing kept in
/// memory, outlives a restart, and ends with the token.
/// </summary>
internal static class TokenCookie
{
    public const string Prefix = "mapigate-management-";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Its name at this listener. Cookies know no ports, and there may be several gates on one machine.</summary>
    public static string NameAt(HttpContext http) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{http.Connection.LocalPort}");

    public static string Make(ManagementToken token, DateTimeOffset now)
    {
        var claims = string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(token.Name))}.{now.ToUnixTimeSeconds()}");
        return $"{claims}.{Seal(token, claims)}";
    }

    public static ManagementToken? Find(string cookie, IReadOnlyList<ManagementToken> tokens, DateTimeOffset now)
    {
        if (cookie.Split('.') is not [var name, var made, var seal]
            || !long.TryParse(made, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > now.ToUnixTimeSeconds() || now.ToUnixTimeSeconds() - seconds > Lifetime.TotalSeconds)
        {
            return null;
        }

        return tokens.FirstOrDefault(token => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(token.Name)) == name
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(Seal(token, $"{name}.{made}"))));
    }

    private static string Seal(ManagementToken token, string claims) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token.Token), Encoding.UTF8.GetBytes($"mapigate cookie {claims}")));
}
