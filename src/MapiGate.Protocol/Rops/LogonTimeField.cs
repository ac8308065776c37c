using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>A time in a RopLogon response.</summary>
/// <remarks>
/// MS-OXCROPS 2.2.3.1.2.1, 8 bytes:
/// <code>
/// 0  Seconds    1
/// 1  Minutes    1
/// 2  Hour       1
/// 3  DayOfWeek  1  Sunday is 0; not read, it follows from the date
/// 4  Day        1
/// 5  Month      1
/// 6  Year       2
/// </code>
/// </remarks>
internal static class LogonTimeField
{
    /// <returns>False only for want of bytes. Eight bytes that are no date give null.</returns>
    public static bool TryRead(ref WireReader reader, out DateTimeOffset? value)
    {
        value = null;
        if (!reader.TryReadBytes(6, out ReadOnlySpan<byte> f) || !reader.TryReadUInt16(out ushort year))
        {
            return false;
        }

        if (f[0] < 60 && f[1] < 60 && f[2] < 24
            && year is >= 1 and <= 9999 && f[5] is >= 1 and <= 12
            && f[4] >= 1 && f[4] <= DateTime.DaysInMonth(year, f[5]))
        {
            value = new DateTimeOffset(year, f[5], f[4], f[2], f[1], f[0], TimeSpan.Zero);
        }

        return true;
    }

    public static void Write(IBufferWriter<byte> output, DateTimeOffset? value)
    {
        if (value is not { } time)
        {
            output.WriteZeros(8);
            return;
        }

        DateTime utc = time.UtcDateTime;
        output.Write([
            (byte)utc.Second, (byte)utc.Minute, (byte)utc.Hour, (byte)utc.DayOfWeek, (byte)utc.Day, (byte)utc.Month]);
        output.WriteUInt16((ushort)utc.Year);
    }
}
