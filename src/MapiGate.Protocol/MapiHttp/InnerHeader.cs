using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MapiGate.Protocol;

/// <summary>One header line between DONE and the body.</summary>
internal static class InnerHeader
{
    /// <summary>Adds what <paramref name="line"/> says to <paramref name="head"/>. Unknown headers say nothing.</summary>
    /// <returns>False if it is no header, or an X-ResponseCode that is no number.</returns>
    public static bool TryApply(
        ReadOnlySpan<byte> line, MapiHttpInnerResponse head, [NotNullWhen(true)] out MapiHttpInnerResponse? result)
    {
        result = null;
        int colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return false;
        }

        string name = Encoding.Latin1.GetString(line[..colon]);
        string value = Encoding.Latin1.GetString(line[(colon + 1)..]).Trim(' ', '\t');
        if (Is(name, MapiHttpHeaders.ResponseCode))
        {
            if (!TryParseNumber(value, out int code))
            {
                return false;
            }

            result = head with { ResponseCode = (MapiHttpResponseCode)code };
        }
        else if (Is(name, MapiHttpHeaders.ElapsedTime))
        {
            result = head with { ElapsedTime = TryParseNumber(value, out int ms) ? TimeSpan.FromMilliseconds(ms) : null };
        }
        else if (Is(name, MapiHttpHeaders.StartTime))
        {
            bool read = DateTimeOffset.TryParseExact(
                value, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time);
            result = head with { StartTime = read ? time : null };
        }
        else
        {
            result = head;
        }

        return true;
    }

    private static bool Is(string name, string header) => name.Equals(header, StringComparison.OrdinalIgnoreCase);

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
