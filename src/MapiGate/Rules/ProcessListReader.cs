namespace MapiGate;

/// <summary>Takes a list of process names apart, keeping what was written beside what it means.</summary>
internal static class ProcessListReader
{
    /// <summary>One entry: the text between two semicolons, trimmed, and the name it stands for, which may be empty.</summary>
    public readonly record struct Entry(string Written, string Name);

    public static IEnumerable<Entry> Split(string? value) =>
        from part in (value ?? string.Empty).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select new Entry(part, ReadName(part).ToString());

    /// <summary>The file name an entry stands for. Neither quotes nor separators can be part of one, so none are left.</summary>
    public static ReadOnlySpan<char> ReadName(ReadOnlySpan<char> entry)
    {
        while (true)
        {
            var name = ProcessName.Image(Unquote(entry.Trim()));
            if (name.Length == entry.Length)
            {
                return name;
            }

            entry = name;
        }
    }

    /// <summary>Removes a pair of quotes, and the white space that it held.</summary>
    public static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> entry) =>
        entry is ['"', .. var inner, '"'] ? inner.Trim() : entry;
}
