using System.Collections.Frozen;

namespace MapiGate.Benchmarks;

/// <summary>Judging names by a list of so many entries, and its floor: looking the same names up in a frozen set of the same entries, as spans, which is what a name without its path is.</summary>
internal sealed class NameLoad
{
    private const int Names = 512;
    private const int OtherPrograms = 200;

    private readonly ProcessBlocklist _list;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _set;
    private readonly string[] _names;

    public NameLoad(int entries, bool hits)
    {
        var listed = ProgramNames.Take(0, entries);
        var asked = hits ? listed : ProgramNames.Take(entries, OtherPrograms);
        _list = ProcessBlocklist.Parse(string.Join("; ", listed));
        _set = listed.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

        // Each name has a text of its own, as one from the wire has, and half of them are spelled otherwise than the entry.
        _names = [.. Enumerable.Range(0, Names).Select(i => i % 2 == 0 ? new string(asked[i % asked.Length]) : asked[i % asked.Length].ToLowerInvariant())];
        new Random(Names).Shuffle(_names);
    }

    public int Count => _names.Length;

    public int JudgeAll()
    {
        var blocked = 0;
        foreach (var name in _names)
        {
            blocked += _list.IsBlocked(name) ? 1 : 0;
        }

        return blocked;
    }

    public int LookUpAll()
    {
        var found = 0;
        foreach (var name in _names)
        {
            found += _set.Contains(name) ? 1 : 0;
        }

        return found;
    }
}
