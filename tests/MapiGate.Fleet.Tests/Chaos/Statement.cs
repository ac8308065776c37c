using System.Globalization;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>What a row of the page, or of <c>mapigate gates</c>, says of a gate.</summary>
/// <param name="Gate">Of which.</param>
/// <param name="State">How it is.</param>
/// <param name="At">Which document it has in force; none where it has none of the fleet's.</param>
/// <param name="Youngest">How old that is at least, since the age is rounded.</param>
/// <param name="Oldest">How old it is at most.</param>
internal sealed record Statement(string Gate, string State, PolicyPosition At, TimeSpan Youngest, TimeSpan Oldest)
{
    public bool IsSynced => State == "SYNCED";

    /// <summary>Reads an epoch and a generation.</summary>
    public static PolicyPosition Position(string text) =>
        text.Split('.') is [var epoch, var generation] ? new PolicyPosition(long.Parse(epoch, CultureInfo.InvariantCulture), long.Parse(generation, CultureInfo.InvariantCulture)) : PolicyPosition.None;

    /// <summary>As the page shows it: <c>12 s</c>, or <c>3 min</c>.</summary>
    public static Statement OfPage(string gate, string state, string policy, string age)
    {
        var (value, unit) = age.Split(' ') is [var number, var name] ? (double.Parse(number, CultureInfo.InvariantCulture), name) : throw new FormatException(age);
        var second = unit is "min" ? 60 : 1;
        return Of(gate, state, Position(policy), value * second, 0.5 * second);
    }

    /// <summary>As the API tells it.</summary>
    public static Statement Of(string gate, string state, PolicyPosition at, double age, double exactness) =>
        new(gate, state, at, TimeSpan.FromSeconds(Math.Max(0, age - exactness)), TimeSpan.FromSeconds(age + exactness));
}
