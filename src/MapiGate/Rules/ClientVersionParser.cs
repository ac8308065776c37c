using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MapiGate;

/// <summary>Reads one entry of <c>Disable MAPI Clients</c>.</summary>
internal static class ClientVersionParser
{
    // A part is a 16-bit word on the wire (MS-OXCRPC 3.1.4.1.3.2).
    private const int MaxPart = ushort.MaxValue;

    // Over HTTP a version is a text, and a client may claim one that no word could hold.
    private const int Beyond = int.MaxValue;

    private static readonly Version Lowest = new(0, 0, 0, 0);
    private static readonly Version Highest = new(Beyond, Beyond, Beyond, Beyond);

    /// <summary>Reads <c>v</c>, <c>v-v</c>, <c>-v</c> or <c>v-</c>.</summary>
    public static bool TryParse(string entry, [NotNullWhen(true)] out ClientVersionRange? range)
    {
        range = null;
        var bounds = entry.Split('-', StringSplitOptions.TrimEntries);
        if (bounds.Length > 2 || bounds.All(string.IsNullOrEmpty))
        {
            return false;
        }

        var (low, high) = (Lowest, Highest);
        if (bounds[0].Length > 0 && !TryParseBound(bounds[0], out low, out high))
        {
            return false;
        }

        if (bounds.Length == 2)
        {
            high = Highest;
            if (bounds[1].Length > 0 && !TryParseBound(bounds[1], out _, out high))
            {
                return false;
            }
        }

        range = new ClientVersionRange(entry, low, high);
        return true;
    }

    /// <summary>The four parts of a client's version; a part it lacks is 0.</summary>
    public static Version Normalise(Version version) =>
        version is { Build: >= 0, Revision: >= 0 } ? version : new(version.Major, version.Minor, Math.Max(0, version.Build), Math.Max(0, version.Revision));

    /// <summary>
    /// What a bound covers. Four parts are that version. Three are X.0.Y.Z, as KB 288894 has it: versions of its day had
    /// no second part. One or two are every version that begins so.
    /// </summary>
    private static bool TryParseBound(string text, out Version low, out Version high)
    {
        (low, high) = (Lowest, Highest);
        var texts = text.Split('.');
        var parts = new int[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!int.TryParse(texts[i], NumberStyles.None, CultureInfo.InvariantCulture, out parts[i]) || parts[i] > MaxPart)
            {
                return false;
            }
        }

        (low, high) = parts switch
        {
            [var major] => (new(major, 0, 0, 0), new(major, Beyond, Beyond, Beyond)),
            [var major, var minor] => (new(major, minor, 0, 0), new(major, minor, Beyond, Beyond)),
            [var major, var build, var revision] => Exactly(new(major, 0, build, revision)),
            [var major, var minor, var build, var revision] => Exactly(new(major, minor, build, revision)),
            _ => (Highest, Lowest),
        };
        return parts.Length <= 4;

        static (Version, Version) Exactly(Version version) => (version, version);
    }
}
