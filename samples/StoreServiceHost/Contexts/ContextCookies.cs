using System.Buffers.Text;
using System.Security.Cryptography;

namespace StoreServiceHost.Contexts;

/// <summary>The two cookies of a Session Context: which one it is, and which of its requests comes next.</summary>
/// <remarks>Exchange's names; the protocol leaves them free (MS-OXCMAPIHTTP 2.2.3.2.3).</remarks>
internal static class ContextCookies
{
    public const string Context = "MapiContext";
    public const string Sequence = "MapiSequence";

    /// <summary>256 bits: who holds the cookie holds the session, so it must not be guessed.</summary>
    private const int RandomBytes = 32;

    private static readonly int TextLength = Base64Url.GetEncodedLength(RandomBytes);

    /// <summary>A value that nobody can guess, in characters that a cookie may hold unquoted.</summary>
    public static string CreateValue() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Whether the value could be one of ours: a malformed cookie is answered otherwise than an expired one.</summary>
    public static bool IsWellFormed(string value) => value.Length == TextLength && Base64Url.IsValid(value);
}
