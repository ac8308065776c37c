using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MapiGate.Protocol;

/// <summary>The version of a MAPI client, normalised to four numbers: 16.0.15928.20006.</summary>
/// <remarks>Compare as numbers, never as text.</remarks>
public static class ClientVersion
{
    private const int MaxHeaderLength = 256;
    private const ushort NewScheme = 0x8000;

    /// <summary>Normalises the three words of rgwClientVersion.</summary>
    /// <remarks>
    /// MS-OXCRPC 3.1.4.1.3.1: with the high bit of the second word set, the first holds major and minor in a byte
    /// each and the second a build of 15 bits; without it the minor number is 0.
    /// </remarks>
    public static Version FromWords(ushort word0, ushort word1, ushort word2) =>
        (word1 & NewScheme) != 0
            ? new Version(word0 >> 8, word0 & 0xFF, word1 & ~NewScheme, word2)
            : new Version(word0, 0, word1, word2);

    /// <summary>The three words that <see cref="FromWords"/> reads as <paramref name="version"/>.</summary>
    /// <returns>False if there are none: a number too large for its field. An absent number counts as 0.</returns>
    /// <remarks>In the scheme with a minor number where it fits, in the older one otherwise.</remarks>
    public static bool TryToWords(Version version, out (ushort Word0, ushort Word1, ushort Word2) words)
    {
        ArgumentNullException.ThrowIfNull(version);
        words = default;
        int build = Math.Max(0, version.Build);
        int revision = Math.Max(0, version.Revision);
        if (build >= NewScheme || revision > ushort.MaxValue)
        {
            return false;
        }

        if (version.Major <= byte.MaxValue && version.Minor <= byte.MaxValue)
        {
            words = ((ushort)((version.Major << 8) | version.Minor), (ushort)(NewScheme | build), (ushort)revision);
            return true;
        }

        words = ((ushort)version.Major, (ushort)build, (ushort)revision);
        return version.Major <= ushort.MaxValue && version.Minor == 0;
    }

    /// <summary>Reads an X-ClientApplication header: <c>Outlook/16.0.15928.20006</c>.</summary>
    /// <param name="xClientApplication">
    /// A name, one slash, and exactly four decimal numbers of 0 to 65535; space around it is ignored. At most 256
    /// characters.
    /// </param>
    /// <param name="version">The version.</param>
    /// <returns>False for anything else; a client may send anything.</returns>
    /// <remarks>MS-OXCMAPIHTTP 2.2.3.3.3. A Connect body has no version of its own.</remarks>
    public static bool TryParseApplication(
        ReadOnlySpan<char> xClientApplication, [NotNullWhen(true)] out Version? version)
    {
        version = null;
        if (xClientApplication.Length > MaxHeaderLength)
        {
            return false;
        }

        ReadOnlySpan<char> value = xClientApplication.Trim();
        int slash = value.IndexOf('/');
        if (slash <= 0 || value[..slash].IsWhiteSpace())
        {
            return false;
        }

        Span<ushort> numbers = stackalloc ushort[4];
        int count = 0;
        ReadOnlySpan<char> rest = value[(slash + 1)..];
        foreach (Range part in rest.Split('.'))
        {
            if (count == numbers.Length || !TryParseNumber(rest[part], out numbers[count++]))
            {
                return false;
            }
        }

        if (count < numbers.Length)
        {
            return false;
        }

        version = new Version(numbers[0], numbers[1], numbers[2], numbers[3]);
        return true;
    }

    /// <summary>An X-ClientApplication or X-ServerApplication header: <c>Outlook/16.0.15928.20006</c>.</summary>
    /// <param name="application">The program's name, without a slash.</param>
    /// <param name="version">Its version; absent numbers are written as 0.</param>
    public static string FormatApplication(string application, Version version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{application}/{version.Major}.{version.Minor}.{Math.Max(0, version.Build)}.{Math.Max(0, version.Revision)}");
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out ushort number)
    {
        number = 0;

        // TryParse alone would let NULs pass behind the digits.
        return text.Length is > 0 and <= 5
            && !text.ContainsAnyExceptInRange('0', '9')
            && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
