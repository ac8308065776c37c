using MapiGate.Gateway.Options;

namespace MapiGate.Gateway.Forwarding;

/// <summary>The paths that are forwarded. One that could mean another to the server behind is none of them.</summary>
internal sealed class ForwardedPaths(GatewayOptions options)
{
    private readonly PathString[] _paths =
    [
        .. SemicolonList.Split(options.Paths).Select(static path => new PathString(path.TrimEnd('/'))),
        .. options.AllowRpc ? [new PathString("/rpc"), new PathString("/rpcwithcert")] : Array.Empty<PathString>(),
    ];

    public bool Contain(PathString path)
    {
        if (!IsOdd(path.Value ?? ""))
        {
            foreach (var listed in _paths)
            {
                if (path.StartsWithSegments(listed))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Kestrel has decoded it once and resolved its dots: what is still encoded was encoded twice, or is a slash.
    private static bool IsOdd(string path) =>
        path.Contains('\\', StringComparison.Ordinal)
        || path.Contains("//", StringComparison.Ordinal)
        || path.Contains("/.", StringComparison.Ordinal)
        || path.AsSpan().ContainsAnyInRange('\0', '\u001F')
        || path.AsSpan().ContainsAnyInRange('\u007F', '\u009F')
        || HasEscape(path);

    private static bool HasEscape(string path)
    {
        for (var i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
            {
                return true;
            }
        }

        return false;
    }
}
