using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>Makes and opens the cookie by which a gate that doesn't know a context can still know its client.</summary>
internal sealed class SealKeeper(IDataProtectionProvider provider, string cookieName, TimeProvider clock)
{
    // A larger one could push a request's head over a server's limit.
    private const int LongestSeal = 2048;

    // Of several that a client shows, so many are tried: to open one costs far more than to send one.
    private const int MostTried = 4;

    // What is sealed in another form needs another version here.
    private readonly IDataProtector _protector = provider.CreateProtector("MapiGate.AspNetCore.Seal", "v1");
    private readonly string[] _names = [cookieName];

    public EndedContexts Ended { get; } = new(clock);

    /// <summary>Whether a request shows a seal, which the server behind is not to see.</summary>
    public bool AreIn(StringValues cookies)
    {
        foreach (var header in cookies)
        {
            foreach (var _ in new ContextCookieReader(header, _names))
            {
                return true;
            }
        }

        return false;
    }

    public StringValues Without(StringValues cookies) => CookieHeader.Without(cookies, _names);

    /// <summary>Seals what is known of a client into a Set-Cookie header; <see langword="null"/> when that is too much.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cookie">The value of its context cookie.</param>
    /// <param name="attributes">The attributes that the server gave that cookie.</param>
    /// <param name="expiration">The server's own idle expiry.</param>
    /// <param name="renewedAt">When to make another.</param>
    public string? Create(MapiClient client, string cookie, string attributes, TimeSpan expiration, out DateTimeOffset renewedAt)
    {
        var seal = Seal.Of(client, cookie, clock.GetUtcNow(), expiration);
        renewedAt = seal.RenewedAt;
        var value = Base64Url.EncodeToString(_protector.Protect(seal.ToArray()));
        return value.Length > LongestSeal ? null : $"{cookieName}={value}{attributes}";
    }

    /// <summary>Opens what a request shows: the seals of these keys that have not run out.</summary>
    /// <param name="cookies">All its cookies.</param>
    public List<Seal> Open(StringValues cookies)
    {
        var now = clock.GetUtcNow();
        List<Seal> seals = [];
        var tried = 0;
        foreach (var header in cookies)
        {
            foreach (var value in new ContextCookieReader(header, _names))
            {
                if (value.Length <= LongestSeal && tried++ < MostTried && TryOpen(value) is { } seal && now < seal.Until)
                {
                    seals.Add(seal);
                }
            }
        }

        return seals;
    }

    private Seal? TryOpen(ReadOnlySpan<char> value)
    {
        try
        {
            return Seal.Read(_protector.Unprotect(Base64Url.DecodeFromChars(value)));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
