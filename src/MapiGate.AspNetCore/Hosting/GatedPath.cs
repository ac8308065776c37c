using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

/// <summary>
/// The paths that are gated: the endpoint's, and every spelling of it that a server behind may take for the same. Too many are
/// better than one too few: what is no MAPI request passes anyway.
/// </summary>
internal sealed class GatedPath(string path)
{
    // A path escaped more often than this is meant for nobody.
    private const int MostEscapes = 3;

    private readonly PathString _path = new(path.TrimEnd('/'));

    public bool Contains(PathString path) =>
        path.StartsWithSegments(_path) || (IsOdd(path.Value) && new PathString(Normalise(path.Value!)).StartsWithSegments(_path));

    private static bool IsOdd(string? path) =>
        path is not null && (path.AsSpan().ContainsAny('\\', '%', ';') || path.Contains("//", StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal));

    private static string Normalise(string path)
    {
        for (var i = 0; i < MostEscapes && path.Contains('%', StringComparison.Ordinal); i++)
        {
            path = Uri.UnescapeDataString(path);
        }

        List<string> segments = [];
        foreach (var segment in path.Split('/', '\\').Select(static segment => segment.Split(';')[0]))
        {
            if (segment == "..")
            {
                segments = segments[..^Math.Min(1, segments.Count)];
            }
            else if (segment is not ("" or "."))
            {
                segments.Add(segment);
            }
        }

        return "/" + string.Join('/', segments);
    }
}
