using System.Globalization;

namespace MapiGate.TestSupport;

/// <summary>
/// How long a race is run: for so many rounds or, where <c>MAPIGATE_RACE_MINUTES</c> asks for more, until those minutes have
/// passed. A test of several cases gives each its share of them.
/// </summary>
public sealed class LongRun(int rounds, double share = 1)
{
    private static readonly TimeSpan Asked = TimeSpan.FromMinutes(
        Environment.GetEnvironmentVariable("MAPIGATE_RACE_MINUTES") is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : 0);

    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <summary>How many rounds have begun.</summary>
    public int Rounds { get; private set; }

    /// <summary>Begins another round, if there is to be one.</summary>
    public bool Next()
    {
        var goesOn = Rounds < rounds || TimeProvider.System.GetElapsedTime(_start) < Asked * share;
        Rounds += goesOn ? 1 : 0;
        return goesOn;
    }
}
