using System.Globalization;
using System.Text;

namespace MapiGate.Protocol.Tests.MapiHttp;

/// <summary>Undoes HTTP chunking, as the HTTP client below this library does.</summary>
internal static class Dechunker
{
    public static IEnumerable<byte[]> Chunks(byte[] bytes)
    {
        for (int at = 0; ;)
        {
            int end = at + bytes.AsSpan(at).IndexOf("\r\n"u8);
            int size = int.Parse(Encoding.ASCII.GetString(bytes[at..end]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                yield break;
            }

            yield return bytes[(end + 2)..(end + 2 + size)];
            at = end + 2 + size + 2;
        }
    }
}
