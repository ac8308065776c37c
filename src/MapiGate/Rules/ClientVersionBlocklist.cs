using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate;

/// <summary>
/// The parsed value of <c>Disable MAPI Clients</c> (KB 288894): client versions and ranges of them, separated by commas or
/// semicolons: <c>11.0.5608.5606, 8-9, -7, 15.0.4569.1503-</c>. Immutable, and safe to ask from any thread.
/// </summary>
/// <remarks>
/// Bounds are included. Four parts are that very version; three, X.Y.Z, mean X.0.Y.Z, as the KB article has it; fewer
/// stand for every version that begins so: <c>11</c> is every 11.x, and <c>-11</c> everything up to the end of 11.
/// </remarks>
public sealed class ClientVersionBlocklist : IReadOnlyCollection<string>
{
    private readonly ClientVersionRange[] _ranges;

    private ClientVersionBlocklist(ClientVersionRange[] ranges) => _ranges = ranges;

    /// <summary>The list that blocks nothing.</summary>
    public static ClientVersionBlocklist Empty { get; } = new([]);

    /// <summary>The number of entries.</summary>
    public int Count => _ranges.Length;

    internal IReadOnlyList<ClientVersionRange> Ranges => _ranges;

    /// <summary>Reads a list; <see langword="null"/> and an empty text are the empty one.</summary>
    /// <exception cref="FormatException">An entry is neither a version nor a range; the message names it and says how to write one.</exception>
    public static ClientVersionBlocklist Parse(string? value) =>
        TryParse(value, out var list, out var error) ? list : throw new FormatException(error);

    /// <summary>Reads a list; <see langword="null"/> and an empty text are the empty one.</summary>
    /// <param name="value">The text.</param>
    /// <param name="list">The list.</param>
    /// <param name="error">Which entry cannot be read, and how to write one.</param>
    public static bool TryParse(string? value, [NotNullWhen(true)] out ClientVersionBlocklist? list, [NotNullWhen(false)] out string? error)
    {
        list = null;
        error = null;
        var ranges = new List<ClientVersionRange>();
        foreach (var entry in (value ?? string.Empty).Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ClientVersionParser.TryParse(entry, out var range))
            {
                error = $"\"{entry}\" is not a version or a range of versions; write 11.0.5608.5606, 8-9, -7 or 15.0.4569.1503-, each part from 0 to 65535.";
                return false;
            }

            ranges.Add(range);
        }

        list = ranges.Count == 0 ? Empty : new ClientVersionBlocklist([.. ranges]);
        return true;
    }

    /// <summary>Finds the first entry that covers a version; a client without one is never covered.</summary>
    /// <param name="version">The client's version; a part it lacks counts as 0.</param>
    /// <param name="entry">The entry, as it was written.</param>
    public bool TryMatch(Version? version, [NotNullWhen(true)] out string? entry)
    {
        entry = null;
        if (version is not null && _ranges.Length > 0)
        {
            var normal = ClientVersionParser.Normalise(version);
            entry = Array.Find(_ranges, range => range.Contains(normal))?.Entry;
        }

        return entry is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _ranges.Select(range => range.Entry).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The canonical text, which <see cref="Parse"/> reads back as an equal list.</summary>
    public override string ToString() => string.Join(", ", this);

    /// <summary>The ranges in a form in which two lists that say the same are equal, for a fingerprint.</summary>
    internal string ToCanonical() =>
        string.Join(';', _ranges.Select(range => $"{range.Low}-{range.High}").Distinct().Order(StringComparer.Ordinal));
}
