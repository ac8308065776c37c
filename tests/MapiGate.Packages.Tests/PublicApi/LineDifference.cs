namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>The lines that only one of two texts has, in their order.</summary>
internal static class LineDifference
{
    public static string Describe(string before, string after) =>
        string.Join('\n', [.. Missing(before, after).Select(line => "- " + line), .. Missing(after, before).Select(line => "+ " + line)])
            is { Length: > 0 } lines ? lines : "(the same lines in another order)";

    private static IEnumerable<string> Missing(string from, string other)
    {
        var left = other.Split('\n').Select(line => line.Trim()).GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
        foreach (var line in from.Split('\n').Select(line => line.Trim()))
        {
            if (left.TryGetValue(line, out var count) && count > 0)
            {
                left[line] = count - 1;
            }
            else
            {
                yield return line;
            }
        }
    }
}
