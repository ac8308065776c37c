namespace MapiGate;

/// <summary>
/// A name with <c>*</c> (any characters, or none) and <c>?</c> (any one character), neither of which can stand in a
/// Windows file name. Compared by ordinal rules without regard to case.
/// </summary>
/// <remarks>
/// The pattern is cut at its stars. The first and last piece are tied to the ends of the name; each piece between is
/// looked for once, from where the one before it ended, and taken where it is first found. Nothing is tried twice, so
/// the cost grows with the name's length times the longest piece, whatever the pattern.
/// </remarks>
internal sealed class WildcardPattern
{
    private readonly string _first;
    private readonly string[] _middle;
    private readonly string? _last;

    public WildcardPattern(string pattern)
    {
        Pattern = pattern;
        var pieces = pattern.Split('*');
        _first = pieces[0];
        _last = pieces.Length == 1 ? null : pieces[^1];
        _middle = pieces.Length <= 2 ? [] : [.. pieces[1..^1].Where(piece => piece.Length > 0)];
    }

    /// <summary>The pattern as written.</summary>
    public string Pattern { get; }

    public static bool IsPattern(ReadOnlySpan<char> text) => text.ContainsAny('*', '?');

    public bool IsMatch(ReadOnlySpan<char> name)
    {
        if (_last is null)
        {
            return name.Length == _first.Length && IsAt(name, _first);
        }

        if (name.Length < _first.Length + _last.Length || !IsAt(name, _first) || !IsAt(name[^_last.Length..], _last))
        {
            return false;
        }

        var rest = name[_first.Length..^_last.Length];
        foreach (var piece in _middle)
        {
            var index = IndexOf(rest, piece);
            if (index < 0)
            {
                return false;
            }

            rest = rest[(index + piece.Length)..];
        }

        return true;
    }

    /// <summary>
    /// Whether every name that the other text names, itself perhaps a pattern, is named by this one too. It never says so
    /// wrongly; of two patterns that differ much it may fail to see it.
    /// </summary>
    /// <remarks>The other's stars are tried with nothing and with characters no pattern spells, which only a star or a mark of this one can take.</remarks>
    public bool Covers(string other)
    {
        var anyOne = other.Replace('?', '\uFFFE');
        return IsMatch(anyOne.Replace("*", string.Empty, StringComparison.Ordinal))
            && IsMatch(anyOne.Replace("*", new string('\uFFFE', Pattern.Length + 1), StringComparison.Ordinal));
    }

    private static int IndexOf(ReadOnlySpan<char> text, string piece)
    {
        if (!piece.Contains('?'))
        {
            return text.IndexOf(piece, StringComparison.OrdinalIgnoreCase);
        }

        for (var i = 0; i + piece.Length <= text.Length; i++)
        {
            if (IsAt(text[i..], piece))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether the text, which is no shorter, begins with the piece.</summary>
    private static bool IsAt(ReadOnlySpan<char> text, ReadOnlySpan<char> piece)
    {
        while (true)
        {
            var any = piece.IndexOf('?');
            var literal = any < 0 ? piece : piece[..any];
            if (!text.StartsWith(literal, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            if (any < 0)
            {
                return true;
            }

            text = text[(any + 1)..];
            piece = piece[(any + 1)..];
        }
    }
}
