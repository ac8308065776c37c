using System.Globalization;

namespace MapiGate;

/// <summary>When a rule or an exemption is in force: from one moment on, until just before another.</summary>
internal readonly record struct RulePeriod(DateTimeOffset? From, DateTimeOffset? Until)
{
    public bool IsEmpty => From >= Until;

    public bool HasBegun(DateTimeOffset now) => From is null || From <= now;

    /// <summary>Whether it is over, or never comes.</summary>
    public bool HasEnded(DateTimeOffset now) => Until <= now || IsEmpty;

    public bool Contains(DateTimeOffset now) => HasBegun(now) && !HasEnded(now);

    /// <summary>The next moment at which something changes; <see langword="null"/> when nothing will.</summary>
    public DateTimeOffset? NextMoment(DateTimeOffset now) => !HasBegun(now) ? From : !HasEnded(now) ? Until : null;

    /// <summary>A moment as it is shown everywhere: in UTC, to the second.</summary>
    public static string Show(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
