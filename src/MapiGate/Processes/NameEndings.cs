using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MapiGate;

/// <summary>
/// A first look at a name, by its last eight characters, that settles almost every question without trimming: neither
/// the path before an image name nor white space there changes how the name ends.
/// </summary>
/// <remarks>
/// An ending is eight printable ASCII characters that are not separators, letters made lower case: one 64-bit number. No
/// character beyond ASCII equals one within it when case is ignored, so a name with such an ending can only be an entry
/// with the same ending. What is not settled by that is for the full look: names that end otherwise, and those that end
/// as an entry does and are not seen to be it.
/// </remarks>
internal sealed class NameEndings
{
    private const int Length = 8;

    private readonly Place[] _places;
    private readonly int _shift;

    public NameEndings(IReadOnlyCollection<string> entries)
    {
        var bits = 2;
        while (1 << bits < entries.Count * 4)
        {
            bits++;
        }

        _shift = 64 - bits;
        _places = new Place[1 << bits];
        foreach (var entry in entries)
        {
            Add(entry);
        }
    }

    /// <summary>Looks for the entry that is this name.</summary>
    /// <param name="name">The name as sent.</param>
    /// <param name="entry">The entry, if it is the name.</param>
    /// <returns>Whether that settles it: the name is <paramref name="entry"/>, or none. Otherwise nothing is known.</returns>
    public bool TrySettle(ReadOnlySpan<char> name, out string? entry)
    {
        entry = null;
        if (name.Length < Length || !TryReadEight(name[^Length..], out var ending))
        {
            return false;
        }

        ref readonly var place = ref Find(ending);
        if (place.Ending == 0)
        {
            return true;
        }

        if (IsImage(name, place.Entry, place.Beginning))
        {
            entry = place.Entry;
        }

        return entry is not null;
    }

    // Whether the name is the entry, after a path or nothing. Its ending is known to be the same; with the first eight
    // characters that makes sixteen.
    private static bool IsImage(ReadOnlySpan<char> name, string entry, ulong beginning)
    {
        var before = name.Length - entry.Length;
        if (before < 0 || (before > 0 && name[before - 1] is not ('\\' or '/')))
        {
            return false;
        }

        return beginning != 0
            ? TryReadEight(name.Slice(before, Length), out var eight) && eight == beginning
            : name[before..].Equals(entry, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryReadEight(ReadOnlySpan<char> text, out ulong eight)
    {
        var characters = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text)));
        var isOdd = Vector128.GreaterThan(characters - Vector128.Create<ushort>('!'), Vector128.Create<ushort>('~' - '!'))
            | Vector128.Equals(characters, Vector128.Create<ushort>('\\'))
            | Vector128.Equals(characters, Vector128.Create<ushort>('/'));
        var isUpper = Vector128.LessThan(characters - Vector128.Create<ushort>('A'), Vector128.Create<ushort>(26));
        var lower = characters | (isUpper & Vector128.Create<ushort>(0x20));
        eight = Vector128.Narrow(lower, lower).AsUInt64().ToScalar();
        return isOdd == Vector128<ushort>.Zero;
    }

    private void Add(string entry)
    {
        if (entry.Length < Length || !TryReadEight(entry.AsSpan()[^Length..], out var ending))
        {
            return;
        }

        // Of entries that end alike the first is found here; the full look finds the others.
        ref var place = ref Find(ending);
        if (place.Ending == 0)
        {
            place.Ending = ending;
            place.Beginning = entry.Length <= 2 * Length && TryReadEight(entry, out var beginning) ? beginning : 0;
            place.Entry = entry;
        }
    }

    // The place of the ending, or the free one where it would go. At most a quarter of the places are taken.
    private ref Place Find(ulong ending)
    {
        var places = _places;
        var index = (int)((ending * 0x9E3779B97F4A7C15) >> _shift);
        while (places[index].Ending != ending && places[index].Ending != 0)
        {
            index = (index + 1) & (places.Length - 1);
        }

        return ref places[index];
    }

    /// <summary>An ending, the first eight characters where they and the ending make the whole, and an entry that has them.</summary>
    private struct Place
    {
        public ulong Ending;
        public ulong Beginning;
        public string Entry;
    }
}
