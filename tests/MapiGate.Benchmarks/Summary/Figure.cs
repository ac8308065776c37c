using System.Globalization;

namespace MapiGate.Benchmarks;

/// <summary>Figures as they are printed.</summary>
internal static class Figure
{
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1_000 => Text($"{nanoseconds:0.0} ns"),
        < 1_000_000 => Text($"{nanoseconds / 1_000:0.0} µs"),
        _ => Text($"{nanoseconds / 1_000_000:0.0} ms"),
    };

    public static string Bytes(double bytes) => Text($"{bytes:0.0} B");

    public static string Rate(double bytesPerNanosecond) => Text($"{bytesPerNanosecond * 1_000:0} MB/s");

    /// <summary>A ratio; a very small one as a fraction of one: <c>1/20,000</c>.</summary>
    public static string Ratio(double ratio) => ratio is > 0 and < 0.005 ? Text($"1/{1 / ratio:#,0}") : Text($"{ratio:0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
