using System.Globalization;

namespace MapiGate;

/// <summary>Findings in a list of process names.</summary>
internal static class ProcessListFindings
{
    // Each pattern is held against each entry, so this is how many are.
    private const int MostPatterns = 100;

    /// <summary>Reads a list.</summary>
    /// <param name="key">The setting it stands in.</param>
    /// <param name="list">The list as written.</param>
    /// <param name="ownProcesses">The host's own programs, which no rule denies.</param>
    public static IEnumerable<PolicyFinding> Read(string key, string? list, ProcessBlocklist ownProcesses)
    {
        var seen = new HashSet<string>(ProcessName.Comparer);
        foreach (var (written, name) in ProcessListReader.Split(list))
        {
            foreach (var (code, message) in ReadEntry(written, name))
            {
                yield return new PolicyFinding(code, key, written, message);
            }

            if (name.Length > 0 && !seen.Add(name))
            {
                yield return new PolicyFinding(FindingCodes.Repeat, key, written, "It is on the list already. Remove one.");
            }
        }

        var blocked = ProcessBlocklist.Parse(list);
        foreach (var own in ownProcesses)
        {
            if (blocked.TryMatch(own, out var entry))
            {
                yield return new PolicyFinding(FindingCodes.DeniesOwnProcess, key, entry, $"It names {own}, which is the server's own and is never denied.");
            }
        }

        foreach (var (narrow, wide) in FindNeedless(seen))
        {
            yield return new PolicyFinding(FindingCodes.Needless, key, narrow, $"\"{wide}\" names it already. Remove one of the two.");
        }
    }

    private static IEnumerable<(string Code, string Message)> ReadEntry(string written, string name)
    {
        var unquoted = ProcessListReader.Unquote(written).ToString();
        if (unquoted != written)
        {
            yield return (FindingCodes.QuotesRemoved, $"The quotes do not count. Write {unquoted}");
        }

        if (name != unquoted)
        {
            yield return (FindingCodes.PathRemoved, name.Length == 0
                ? "It is a folder and names no program. Write the executable's name."
                : $"Programs are known by file name alone, in whatever folder they are. Write {name}");
        }

        if (name.Contains(','))
        {
            yield return (FindingCodes.CommaInName, $"It is taken for one name with a comma in it. To name several programs write {string.Join("; ", name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}");
        }

        if (name.Length > 0 && !name.Contains('.') && !name.EndsWith('*'))
        {
            yield return (FindingCodes.NoExtension, $"Programs are known by their whole file name. If that is {name}.exe, write {name}.exe");
        }

        if (name.FirstOrDefault(IsInvisible) is var invisible and not '\0')
        {
            yield return (FindingCodes.InvisibleCharacter, $"It holds the invisible character U+{(int)invisible:X4} and names no program without it. Type it anew: {string.Concat(name.Where(c => !IsInvisible(c)))}");
        }

        var stem = Path.GetFileNameWithoutExtension(name);
        if (stem.FirstOrDefault(IsLookalike) is var lookalike and not '\0' && stem.Any(char.IsAsciiLetter))
        {
            yield return (FindingCodes.LookalikeCharacter, $"It mixes Latin letters with U+{(int)lookalike:X4}, which looks like one. Type it anew.");
        }

        if (name.Length > 0 && MatchesEverything(name))
        {
            yield return (FindingCodes.MatchesEverything, "It names every program there is. Name the programs to refuse.");
        }
    }

    private static IEnumerable<(string Narrow, string Wide)> FindNeedless(IReadOnlyCollection<string> names)
    {
        var patterns = names.Where(name => WildcardPattern.IsPattern(name)).Take(MostPatterns).Select(name => new WildcardPattern(name)).ToList();
        foreach (var narrow in names)
        {
            if (patterns.Find(wide => !ReferenceEquals(wide.Pattern, narrow) && wide.Covers(narrow)) is { } wide)
            {
                yield return (narrow, wide.Pattern);
            }
        }
    }

    // "*", "*.*" and "*.exe" each name whatever a client is likely to be.
    private static bool MatchesEverything(string name) =>
        WildcardPattern.IsPattern(name)
        && (name.All(c => c is '*' or '?' or '.') || name.Equals("*.exe", StringComparison.OrdinalIgnoreCase));

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (c != ' ' && char.IsWhiteSpace(c));

    // Cyrillic, Greek and full-width letters, several of which no eye tells from Latin ones.
    private static bool IsLookalike(char c) => c is (>= '\u0370' and <= '\u03FF') or (>= '\u0400' and <= '\u04FF') or (>= '\uFF01' and <= '\uFF5E');
}
