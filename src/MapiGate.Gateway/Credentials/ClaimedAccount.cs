using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace MapiGate.Gateway.Credentials;

/// <summary>
/// Whose a credential claims to be. The server behind checks that very credential, and what it does not accept it answers with
/// 401: so a claim lets nobody in.
/// </summary>
internal static class ClaimedAccount
{
    private const int LongestName = 256;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string? Of(in ClientCredential credential) => credential.Kind switch
    {
        CredentialKind.Basic => Checked(BasicName(credential.Parameter)),
        CredentialKind.Bearer => Checked(TokenName(credential.Parameter)),
        _ => null,
    };

    private static string? BasicName(string parameter)
    {
        try
        {
            var pair = Utf8.GetString(Convert.FromBase64String(parameter));
            return pair.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? pair[..colon] : null;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? TokenName(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.RootElement.ValueKind == JsonValueKind.Object ? Claim(claims.RootElement, "upn") ?? Claim(claims.RootElement, "preferred_username") : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Claim(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;

    private static string? Checked(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl) ? null : name;
}
