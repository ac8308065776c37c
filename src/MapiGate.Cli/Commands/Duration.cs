using System.Globalization;

namespace MapiGate.Cli;

/// <summary>A length of time as people write it: 90s, 30m, 2h, 7d.</summary>
internal static class Duration
{
    public static double? TryParse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || !double.TryParse(text.Trim()[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number <= 0)
        {
            return null;
        }

        double? unit = char.ToLowerInvariant(text.Trim()[^1]) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => null };
        return number * unit;
    }
}
