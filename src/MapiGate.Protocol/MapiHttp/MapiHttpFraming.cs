using System.Buffers;
using System.Globalization;
using System.Text;

namespace MapiGate.Protocol;

/// <summary>What a server puts around a response body, so that a client learns early that its request is alive.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.7 and 3.2.5.2; borders of HTTP chunks carry no meaning:
/// <code>
/// PROCESSING CRLF { PENDING CRLF } DONE CRLF
/// X-ResponseCode: n CRLF  X-ElapsedTime: ms CRLF  X-StartTime: date CRLF
/// CRLF
/// body
/// </code>
/// </remarks>
public static class MapiHttpFraming
{
    /// <summary>The request was received. Flushed at once, with the HTTP headers.</summary>
    public static ReadOnlySpan<byte> Processing => "PROCESSING\r\n"u8;

    /// <summary>The request is still being worked on. Repeated every X-PendingPeriod.</summary>
    public static ReadOnlySpan<byte> Pending => "PENDING\r\n"u8;

    /// <summary>Writes DONE and its headers. The body follows; with a failure it may be empty.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="code">How the request ended: replaces the X-ResponseCode among the HTTP headers.</param>
    /// <param name="elapsed">How long it took; written in whole milliseconds, not less than 0.</param>
    /// <param name="startTime">When it began; written as an HTTP date.</param>
    public static void WriteDone(
        IBufferWriter<byte> output, MapiHttpResponseCode code, TimeSpan elapsed, DateTimeOffset startTime)
    {
        ArgumentNullException.ThrowIfNull(output);
        long milliseconds = Math.Max(0, (long)elapsed.TotalMilliseconds);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"DONE\r\n{MapiHttpHeaders.ResponseCode}: {(int)code}\r\n{MapiHttpHeaders.ElapsedTime}: {milliseconds}\r\n{MapiHttpHeaders.StartTime}: {startTime.ToUniversalTime():R}\r\n\r\n");
        Encoding.ASCII.GetBytes(text, output);
    }
}
