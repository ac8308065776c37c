using System.Globalization;

namespace MapiGate;

/// <summary>How many sessions a change may disconnect before it is held.</summary>
internal sealed record PolicyFuse(int? MaxDisconnects, double? MaxDisconnectPercent, string? ConfirmedFingerprint)
{
    public bool IsOn => MaxDisconnects is not null || MaxDisconnectPercent is not null;

    /// <summary>The limit that so many disconnects would pass, in words; <see langword="null"/> when none.</summary>
    public string? FindBlownLimit(long disconnects, long sessions) =>
        disconnects > MaxDisconnects ? $"{nameof(MapiGateOptions.MaxDisconnects)} = {MaxDisconnects}"
        : disconnects * 100.0 > MaxDisconnectPercent * sessions ? string.Create(CultureInfo.InvariantCulture, $"{nameof(MapiGateOptions.MaxDisconnectPercent)} = {MaxDisconnectPercent}")
        : null;
}
