using System.Globalization;
using System.Text;

namespace MapiGate.Fleet;

/// <summary>A gate's name as one token of a subject: what may not stand there is written as <c>=2E</c>, byte by byte.</summary>
internal static class GateKey
{
    public static string Of(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            var character = (char)value;
            _ = char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? key.Append(character) : key.Append('=').Append(Convert.ToHexString([value]));
        }

        return key.ToString();
    }

    /// <summary>The name that has this key; <see langword="null"/> when none has, or none that could be shown.</summary>
    public static string? NameOf(string key)
    {
        var bytes = new List<byte>(key.Length);
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] != '=')
            {
                bytes.Add((byte)key[i]);
            }
            else if (byte.TryParse(key.AsSpan(i + 1, Math.Min(2, key.Length - i - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
        }

        // Each name has one key: whatever reads otherwise is none.
        var name = Encoding.UTF8.GetString([.. bytes]);
        return name.Length > 0 && Of(name) == key && !name.Any(char.IsControl) ? name : null;
    }
}
