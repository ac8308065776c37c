namespace MapiGate;

/// <summary>Findings in a list of client versions.</summary>
internal static class VersionListFindings
{
    public static IEnumerable<PolicyFinding> Read(string key, string? list)
    {
        var earlier = new List<ClientVersionRange>();
        foreach (var range in ClientVersionBlocklist.Parse(list).Ranges)
        {
            foreach (var (code, message) in ReadRange(range, earlier))
            {
                yield return new PolicyFinding(code, key, range.Entry, message);
            }

            earlier.Add(range);
        }
    }

    private static IEnumerable<(string Code, string Message)> ReadRange(ClientVersionRange range, List<ClientVersionRange> earlier)
    {
        if (range.IsInverted)
        {
            yield return (FindingCodes.InvertedRange, "It ends before it begins and covers nothing. Write the lower version first.");
            yield break;
        }

        if (FindCutShort(range.Entry) is { } cutShort)
        {
            yield return (FindingCodes.CutShortVersion, $"Three parts mean {Expand(cutShort)}. If {cutShort}.x was meant, write {cutShort}.0-{cutShort}.65535");
        }

        foreach (var other in earlier.Where(other => !other.IsInverted && other.Overlaps(range)))
        {
            if (other == range with { Entry = other.Entry })
            {
                yield return (FindingCodes.Repeat, $"It says what \"{other.Entry}\" says. Remove one.");
            }
            else if (other.Contains(range) || range.Contains(other))
            {
                yield return (FindingCodes.Needless, $"Of it and \"{other.Entry}\" one covers the other. Remove the narrower.");
            }
            else
            {
                yield return (FindingCodes.OverlappingRanges, $"It overlaps \"{other.Entry}\". Write one range for both.");
            }
        }
    }

    // X.0.Z: taken as the KB article has it, its 0 is a build. Nobody's build is 0; it is a four-part version without its end.
    private static string? FindCutShort(string entry) =>
        entry.Split('-', StringSplitOptions.TrimEntries).FirstOrDefault(bound => bound.Split('.') is [_, "0", not "0"]);

    private static string Expand(string version)
    {
        var parts = version.Split('.');
        return $"{parts[0]}.0.{parts[1]}.{parts[2]}";
    }
}
