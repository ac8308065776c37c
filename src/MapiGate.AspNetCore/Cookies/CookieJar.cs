using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>The cookies of one client, of each name the newest. All members may be used from any thread.</summary>
internal sealed class CookieJar
{
    private readonly OrderedDictionary<string, string> _pairs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Each as "name=value".</summary>
    public string[] ToArray()
    {
        lock (_pairs)
        {
            return [.. _pairs.Values];
        }
    }

    /// <summary>What a client shows.</summary>
    public void AddCookies(StringValues headers) => Add(headers.SelectMany(static header => header!.Split(';')));

    /// <summary>What a server sets. An empty value takes a cookie away.</summary>
    public void AddSetCookies(StringValues headers) => Add(headers.Select(static header => header!.Split(';')[0]));

    private void Add(IEnumerable<string> pairs)
    {
        lock (_pairs)
        {
            foreach (var pair in pairs.Select(static pair => pair.Trim()))
            {
                var name = pair.Split('=')[0];
                if (pair.Length > name.Length + 1)
                {
                    _pairs[name] = pair;
                }
                else
                {
                    _pairs.Remove(name);
                }
            }
        }
    }
}
