using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate;

/// <summary>
/// The parsed value of <c>Disable MAPI Client Processes</c>: executable names separated by semicolons, as in
/// <c>program1.exe; program2.exe</c>. Immutable, and safe to ask from any thread.
/// </summary>
/// <remarks>
/// <para>Names compare without regard to case, by ordinal rules. Entries are trimmed, a pair of quotes around one and a
/// path before it are removed, blank ones are dropped and repeats keep the first spelling. Enumerates in the order written.</para>
/// <para>In an entry <c>*</c> stands for any characters or none, and <c>?</c> for any one: <c>mfcmapi*.exe</c>. Neither can
/// be part of a Windows file name.</para>
/// </remarks>
public sealed class ProcessBlocklist : IReadOnlyCollection<string>
{
    private readonly string[] _entries;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    // A frozen set looks at single characters when it ignores case, and misses letters made of two, as Deseret's are. A
    // hash set does not, and takes three times as long: it keeps the names that have such a letter, if there are any.
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? _namesWithSurrogates;
    private readonly WildcardPattern[] _patterns;

    private ProcessBlocklist(string[] entries)
    {
        _entries = entries;
        var names = entries.Where(entry => !WildcardPattern.IsPattern(entry)).ToLookup(entry => entry.Any(char.IsSurrogate));
        _names = names[false].ToFrozenSet(ProcessName.Comparer).GetAlternateLookup<ReadOnlySpan<char>>();
        _namesWithSurrogates = names[true].Any() ? names[true].ToHashSet(ProcessName.Comparer).GetAlternateLookup<ReadOnlySpan<char>>() : null;
        _patterns = [.. entries.Where(entry => WildcardPattern.IsPattern(entry)).Select(entry => new WildcardPattern(entry))];
    }

    /// <summary>The list that blocks nothing.</summary>
    public static ProcessBlocklist Empty { get; } = new([]);

    /// <summary>The number of distinct entries.</summary>
    public int Count => _entries.Length;

    /// <summary>Reads a list. Any text is a list: <see langword="null"/>, an empty text and <c>;;</c> are the empty one.</summary>
    public static ProcessBlocklist Parse(string? value)
    {
        var entries = ProcessListReader.Split(value)
            .Select(entry => entry.Name)
            .Where(name => name.Length > 0)
            .Distinct(ProcessName.Comparer)
            .ToArray();
        return entries.Length == 0 ? Empty : new ProcessBlocklist(entries);
    }

    /// <summary>Whether the list names this program. Allocates nothing.</summary>
    /// <param name="processName">A name as a client sends it: a path before it and white space around it are ignored.</param>
    public bool IsBlocked(ReadOnlySpan<char> processName) => TryMatch(processName, out _);

    /// <summary>Finds the entry that names this program: one that names it exactly before one with wildcards. Allocates nothing.</summary>
    /// <param name="processName">A name as a client sends it: a path before it and white space around it are ignored.</param>
    /// <param name="entry">The entry, as it was written.</param>
    public bool TryMatch(ReadOnlySpan<char> processName, [NotNullWhen(true)] out string? entry) =>
        TryMatchImage(ProcessName.Image(processName), out entry);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The canonical text, <c>program1.exe; program2.exe</c>, which <see cref="Parse"/> reads back as an equal list.</summary>
    public override string ToString() => string.Join("; ", _entries);

    /// <summary>The entries in a form in which two lists that say the same are equal, for a fingerprint.</summary>
    internal string ToCanonical() =>
        string.Join(';', _entries.Select(entry => entry.ToUpperInvariant()).Order(StringComparer.Ordinal));

    /// <summary>Finds the entry that names a program by its file name, as <see cref="ProcessName.Image"/> reads it.</summary>
    internal bool TryMatchImage(ReadOnlySpan<char> image, [NotNullWhen(true)] out string? entry) =>
        _names.TryGetValue(image, out entry)
        || (_namesWithSurrogates is { } others && others.TryGetValue(image, out entry))
        || (_patterns.Length > 0 && TryMatchPattern(image, out entry));

    private bool TryMatchPattern(ReadOnlySpan<char> image, [NotNullWhen(true)] out string? entry)
    {
        entry = null;

        // A client without a name is not a program that "*" names: what becomes of it is decided elsewhere.
        if (!image.IsEmpty)
        {
            foreach (var pattern in _patterns)
            {
                if (pattern.IsMatch(image))
                {
                    entry = pattern.Pattern;
                    return true;
                }
            }
        }

        return false;
    }
}
