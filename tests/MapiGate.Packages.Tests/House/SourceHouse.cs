using System.Text.RegularExpressions;

namespace MapiGate.Packages.Tests.House;

/// <summary>
/// The sources of a package, and the floors that they are to stand on. Types are known by the names of their files, and whoever
/// has such a name in code, not in a comment, names the type: where that is one by chance, one of the two wants another name.
/// </summary>
/// <param name="Floors">From the ground up: a folder each, as <c>Rules/</c>, or a file that stands in none.</param>
/// <param name="Texts">What each file says, by its path from the package's folder.</param>
internal sealed partial record SourceHouse(IReadOnlyList<string> Floors, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>What is wrong with the house; nothing when it stands.</summary>
    public IReadOnlyList<string> FindFaults() => [.. FindUnlisted(), .. FindEmpty(), .. FindNamesOfFloorsAbove(), .. FindPairs()];

    private static string FloorOf(string path) => path.IndexOf('/') is var end and >= 0 ? path[..(end + 1)] : path;

    private IEnumerable<string> FindUnlisted() =>
        from floor in Texts.Keys.Select(FloorOf).Distinct()
        where !Floors.Contains(floor)
        select $"{floor} is on no floor: say in {Architecture.Document} on which.";

    private IEnumerable<string> FindEmpty() =>
        from floor in Floors
        where !Texts.Keys.Any(path => FloorOf(path) == floor)
        select $"{floor} stands in {Architecture.Document}, and nothing on it.";

    private IEnumerable<string> FindNamesOfFloorsAbove() =>
        from named in FindNames()
        where Height(named.Floor) > Height(FloorOf(named.By))
        select $"{named.By} names {named.Type}, which is of {named.Floor}, a floor above it.";

    // Said beside the fault above, since it says what has to be taken apart.
    private IEnumerable<string> FindPairs()
    {
        var needs = FindNames().Select(named => (From: FloorOf(named.By), To: named.Floor)).ToHashSet();
        return needs.Where(need => string.CompareOrdinal(need.From, need.To) < 0 && needs.Contains((need.To, need.From)))
            .Select(need => $"{need.From} and {need.To} need each other: what they share wants a floor below both.");
    }

    private IEnumerable<(string By, string Type, string Floor)> FindNames()
    {
        var types = Texts.Keys.ToLookup(path => Path.GetFileName(path).Split('.')[0], FloorOf);
        return from source in Texts
               from word in Word().Matches(Comment().Replace(source.Value, "${text}")).Select(word => word.Value).Distinct()
               from floor in types[word].Distinct()
               where floor != FloorOf(source.Key)
               select (source.Key, word, floor);
    }

    private int Height(string floor) => Floors.ToList().IndexOf(floor);

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();

    // A text is kept: two strokes in one begin no comment.
    [GeneratedRegex("""(?<text>"(?:\\.|[^"\\\n])*")|//.*|/\*(?:.|\n)*?\*/""")]
    private static partial Regex Comment();
}
