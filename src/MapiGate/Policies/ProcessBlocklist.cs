using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate;

/// <summary>
/// The parsed value of <c>Disable MAPI Client Processes</c>: executable names separated by semicolons, as in
/// <c>program1.exe; program2.exe</c>. Immutable, and safe to ask from any thread.
/// </summary>
/// <remarks>
/// Names compare without regard to case, by ordinal rules. Entries are trimmed, a pair of quotes around one and a path
/// before it are removed, blank ones are dropped and repeats keep the first spelling. Enumerates in the order written.
/// </remarks>
public sealed class ProcessBlocklist : IReadOnlyCollection<string>
{
    private readonly string[] _entries;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private ProcessBlocklist(string[] entries)
    {
        _entries = entries;
        _lookup = entries.ToFrozenSet(ProcessName.Comparer).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The list that blocks nothing.</summary>
    public static ProcessBlocklist Empty { get; } = new([]);

    /// <summary>The number of distinct entries.</summary>
    public int Count => _entries.Length;

    /// <summary>Reads a list. Any text is a list: <see langword="null"/>, an empty text and <c>;;</c> are the empty one.</summary>
    public static ProcessBlocklist Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return Empty;
        }

        var entries = new List<string>();
        var seen = new HashSet<string>(ProcessName.Comparer);
        foreach (var part in value.AsSpan().Split(';'))
        {
            var entry = ProcessName.Image(Unquote(value.AsSpan()[part].Trim()));
            if (entry.Length > 0 && seen.GetAlternateLookup<ReadOnlySpan<char>>().Add(entry))
            {
                entries.Add(entry.ToString());
            }
        }

        return entries.Count == 0 ? Empty : new ProcessBlocklist([.. entries]);
    }

    /// <summary>Whether the list names this program. Allocates nothing.</summary>
    /// <param name="processName">A name as a client sends it: a path before it and white space around it are ignored.</param>
    public bool IsBlocked(ReadOnlySpan<char> processName) => TryMatch(processName, out _);

    /// <summary>Finds the entry that names this program. Allocates nothing.</summary>
    /// <param name="processName">A name as a client sends it: a path before it and white space around it are ignored.</param>
    /// <param name="entry">The entry, as it was written.</param>
    public bool TryMatch(ReadOnlySpan<char> processName, [NotNullWhen(true)] out string? entry) =>
        _lookup.TryGetValue(ProcessName.Image(processName), out entry);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The canonical text, <c>program1.exe; program2.exe</c>, which <see cref="Parse"/> reads back as an equal list.</summary>
    public override string ToString() => string.Join("; ", _entries);

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> entry) =>
        entry is ['"', .. var inner, '"'] ? inner.Trim() : entry;
}
