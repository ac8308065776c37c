using System.Security.Cryptography;
using System.Text;

namespace MapiGate.AspNetCore;

/// <summary>The hash of a context cookie's value: who sees it can't show the cookie.</summary>
internal static class ContextHash
{
    // Half of it is as hard to meet by chance as a context cookie.
    private const int Length = 16;

    public static string Of(string cookie) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(cookie)).AsSpan(0, Length));
}
