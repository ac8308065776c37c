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
}
