using System.Globalization;

namespace MapiGate.Benchmarks;

/// <summary>What wrk says of a run.</summary>
/// <param name="Requests">How many were answered.</param>
/// <param name="PerSecond">In each second.</param>
/// <param name="SlowestOfHundred">The 99th percentile of the time to an answer, in nanoseconds.</param>
internal sealed record WrkReport(long Requests, double PerSecond, double SlowestOfHundred)
{
    /// <exception cref="InvalidOperationException">There were errors.</exception>
    public static WrkReport Parse(string report)
    {
        var lines = report.Split('\n', StringSplitOptions.TrimEntries);
        if (lines.FirstOrDefault(line => line.StartsWith("Non-2xx", StringComparison.Ordinal) || line.StartsWith("Socket errors", StringComparison.Ordinal)) is { } failure)
        {
            throw new InvalidOperationException(failure);
        }

        return new WrkReport(
            long.Parse(lines.Single(line => line.Contains(" requests in ", StringComparison.Ordinal)).Split(' ')[0], CultureInfo.InvariantCulture),
            double.Parse(After(lines, "Requests/sec:"), CultureInfo.InvariantCulture),
            Nanoseconds(After(lines, "99%")));
    }

    private static string After(string[] lines, string start) => lines.Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].Trim();

    private static double Nanoseconds(string time)
    {
        var unit = time.TrimStart([.. "0123456789."]);
        return double.Parse(time[..^unit.Length], CultureInfo.InvariantCulture) * unit switch { "us" => 1e3, "ms" => 1e6, "s" => 1e9, _ => 60e9 };
    }
}
