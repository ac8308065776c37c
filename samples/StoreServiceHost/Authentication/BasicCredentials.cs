using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace StoreServiceHost.Authentication;

/// <summary>A name and a password from an <c>Authorization: Basic</c> header.</summary>
internal readonly record struct BasicCredentials(string UserName, string Password)
{
    private const string Prefix = "Basic ";

    /// <summary>Longer than any honest header; what lies beyond is not worth decoding.</summary>
    private const int MaxLength = 1024;

    public static bool TryParse([NotNullWhen(true)] string? header, out BasicCredentials credentials)
    {
        credentials = default;
        if (header is null || header.Length > MaxLength || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Span<byte> decoded = stackalloc byte[MaxLength];
        if (!Convert.TryFromBase64Chars(header.AsSpan(Prefix.Length).Trim(), decoded, out var length))
        {
            return false;
        }

        // The first colon divides: a password may contain others, a name may not.
        var text = Encoding.UTF8.GetString(decoded[..length]);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return false;
        }

        credentials = new BasicCredentials(text[..colon], text[(colon + 1)..]);
        return true;
    }

    /// <summary>A record prints its members; a password must not reach a log that way.</summary>
    public override string ToString() => UserName;
}
