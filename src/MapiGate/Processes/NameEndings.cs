using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace MapiGate;

/// <summary>
/// A first look at a name, by its last eight characters, that settles almost every question without trimming: neither
/// the path before an image name nor white space there changes how the name ends.
/// </summary>
/// <remarks>
/// An ending is the last eight characters made one 64-bit number, the same for upper and lower case. Entries in ASCII are
/// found by it. No character beyond ASCII equals one within it when case is ignored, so where all entries are such, a name
/// that ends as none of them is none of them. What is not settled by that is for the full look: names that may need
/// trimming at the end, and those that end as an entry does and are not seen to be it.
/// </remarks>
internal sealed class NameEndings
{
    private const int Length = 8;

    // In bits. Even in a short list most names that are not in it meet a free place, and need no second look.
    private const int SmallestTable = 7;

    // Two arrays, since most names end as no entry does, and need the first only.
    private readonly ulong[] _endings;
    private readonly (string? Written, string? Lower)[] _entries;
    private readonly int _shift;

    // Then a name that ends as none of them is none of them, whatever it holds, unless white space is still to be trimmed.
    private readonly bool _areAllHere = true;

    public NameEndings(IReadOnlyCollection<string> entries)
    {
        var bits = SmallestTable;
        while (1 << bits < entries.Count * 4)
        {
            bits++;
        }

        _shift = 64 - bits;
        _endings = new ulong[1 << bits];
        _entries = new (string?, string?)[1 << bits];
        foreach (var entry in entries)
        {
            _areAllHere &= TryAdd(entry);
        }
    }

    /// <summary>Whether the name is none of the entries. If not, it may be one, or need a full look.</summary>
    /// <param name="name">The name as sent.</param>
    /// <param name="place">Where the entry stands that the name may be; negative when the name is too short to tell.</param>
    // A call more would be a third of what a name that is not listed costs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNone(ReadOnlySpan<char> name, out int place)
    {
        place = -1;
        if (name.Length < Length)
        {
            return false;
        }

        var last = ReadEight(name, name.Length - Length);
        place = Find(Fold(last), out var isTaken);
        return !isTaken && (_areAllHere ? name[^1] is > ' ' and <= '~' : IsPlain(last));
    }

    /// <summary>The entry at that place, if it is the name.</summary>
    public string? EntryAt(int place, ReadOnlySpan<char> name) =>
        place >= 0 && _entries[place] is ({ } written, { } lower) && IsImage(name, lower) ? written : null;

    // Whether the name is the entry, after a path or nothing: eight characters at a time.
    private static bool IsImage(ReadOnlySpan<char> name, string lower)
    {
        var before = name.Length - lower.Length;
        if (before < 0 || (before > 0 && name[before - 1] is not ('\\' or '/')))
        {
            return false;
        }

        var image = name[before..];
        var differences = ToLower(ReadEight(name, name.Length - Length)) ^ ReadEight(lower, lower.Length - Length);
        for (var i = 0; i < lower.Length - Length; i += Length)
        {
            differences |= ToLower(ReadEight(image, i)) ^ ReadEight(lower, i);
        }

        return differences == Vector128<ushort>.Zero;
    }

    // The caller sees to it that there are eight.
    private static Vector128<ushort> ReadEight(ReadOnlySpan<char> text, int at) =>
        Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text)), (nuint)at);

    private static bool IsPlain(Vector128<ushort> characters)
    {
        var isOdd = Vector128.GreaterThan(characters - Vector128.Create<ushort>('!'), Vector128.Create<ushort>('~' - '!'))
            | Vector128.Equals(characters, Vector128.Create<ushort>('\\'))
            | Vector128.Equals(characters, Vector128.Create<ushort>('/'));
        return isOdd == Vector128<ushort>.Zero;
    }

    // Rough, but quick: texts that are equal but for case fold to one number, and a few others to the same.
    private static ulong Fold(Vector128<ushort> characters)
    {
        var folded = characters | Vector128.Create<ushort>(0x20);
        return Vector128.Narrow(folded, folded).AsUInt64().ToScalar();
    }

    private static Vector128<ushort> ToLower(Vector128<ushort> characters)
    {
        var isUpper = Vector128.LessThan(characters - Vector128.Create<ushort>('A'), Vector128.Create<ushort>(26));
        return characters | (isUpper & Vector128.Create<ushort>(0x20));
    }

    private bool TryAdd(string entry)
    {
        if (entry.Length < Length || !Ascii.IsValid(entry) || !IsPlain(ReadEight(entry, entry.Length - Length)))
        {
            return false;
        }

        // Of entries that end alike the first is found here; the full look finds the others.
        var ending = Fold(ReadEight(entry, entry.Length - Length));
        var place = Find(ending, out var isTaken);
        if (!isTaken)
        {
            _endings[place] = ending;
            _entries[place] = (entry, entry.ToLowerInvariant());
        }

        return true;
    }

    // The place of the ending, or the free one where it would go. At most a quarter of the places are taken.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ulong ending, out bool isTaken)
    {
        var endings = _endings;
        var place = (int)((ending * 0x9E3779B97F4A7C15) >> _shift);
        ulong found;
        while ((found = endings[place]) != 0 && found != ending)
        {
            place = (place + 1) & (endings.Length - 1);
        }

        isTaken = found != 0;
        return place;
    }
}
