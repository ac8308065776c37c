using System.Globalization;

namespace MapiGate;

/// <summary>Where a document stands among all that a fleet has had: a later one has a greater position, on every gate alike.</summary>
/// <param name="Epoch">Rises when the store has forgotten documents that gates know: it was made anew, or an old backup was put back.</param>
/// <param name="Generation">Rises by one with each document.</param>
public readonly record struct PolicyPosition(long Epoch, long Generation) : IComparable<PolicyPosition>
{
    /// <summary>Before the first document.</summary>
    public static PolicyPosition None => default;

    /// <summary>Whether a position is before another.</summary>
    public static bool operator <(PolicyPosition left, PolicyPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether a position is behind another.</summary>
    public static bool operator >(PolicyPosition left, PolicyPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether a position is not behind another.</summary>
    public static bool operator <=(PolicyPosition left, PolicyPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a position is not before another.</summary>
    public static bool operator >=(PolicyPosition left, PolicyPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(PolicyPosition other) => (Epoch, Generation).CompareTo((other.Epoch, other.Generation));

    /// <summary>The position as text: <c>1.42</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Generation}");
}
