namespace MapiGate;

/// <summary>Findings in a list of client versions.</summary>
internal static class VersionListFindings
{
    public static IEnumerable<PolicyFinding> Read(string key, ClientVersionBlocklist list)
    {
        foreach (var range in list.Ranges)
        {
            if (range.IsInverted)
            {
                yield return new PolicyFinding(FindingCodes.InvertedRange, key, range.Entry, "It ends before it begins and covers nothing. Write the lower version first.");
            }
            else if (FindCutShort(range.Entry) is { } cutShort)
            {
                yield return new PolicyFinding(FindingCodes.CutShortVersion, key, range.Entry, $"Three parts mean {Expand(cutShort)}. If {cutShort}.x was meant, write {cutShort}.0-{cutShort}.65535");
            }
        }

        // In the order of where they begin, a range meets one before it if it meets the one that reaches furthest.
        ClientVersionRange? furthest = null;
        foreach (var range in list.Ranges.Where(range => !range.IsInverted).OrderBy(range => range.Low))
        {
            if (furthest is not null && furthest.Overlaps(range))
            {
                yield return Compare(key, furthest, range);
            }

            furthest = furthest is null || range.High > furthest.High ? range : furthest;
        }
    }

    private static PolicyFinding Compare(string key, ClientVersionRange one, ClientVersionRange other) =>
        other == one with { Entry = other.Entry } ? new PolicyFinding(FindingCodes.Repeat, key, other.Entry, $"It says what \"{one.Entry}\" says. Remove one.")
        : one.Contains(other) || other.Contains(one) ? new PolicyFinding(FindingCodes.Needless, key, other.Entry, $"Of it and \"{one.Entry}\" one covers the other. Remove the narrower.")
        : new PolicyFinding(FindingCodes.OverlappingRanges, key, other.Entry, $"It overlaps \"{one.Entry}\". Write one range for both.");

    // X.0.Z: taken as the KB article has it, its 0 is a build. Nobody's build is 0; it is a four-part version without its end.
    private static string? FindCutShort(string entry) =>
        entry.Split('-', StringSplitOptions.TrimEntries).FirstOrDefault(bound => bound.Split('.') is [_, "0", not "0"]);

    private static string Expand(string version)
    {
        var parts = version.Split('.');
        return $"{parts[0]}.0.{parts[1]}.{parts[2]}";
    }
}
