namespace MapiGate.AspNetCore;

/// <summary>
/// Walks the Session Context cookies of one Cookie header without allocating.
/// </summary>
/// <remarks>
/// It is stricter than a cookie jar, because a value that the gate overlooks and the server finds would let a client past.
/// Names are compared without case, as ASP.NET Core's own reader does. A name may follow a comma as well as a semicolon, as
/// that reader allows; a value runs to the semicolon, so one with a comma, quotes or escapes in it is compared as it stands,
/// and only the server's own spelling of it is known.
/// </remarks>
internal ref struct ContextCookieReader(ReadOnlySpan<char> header, string[] names)
{
    private readonly ReadOnlySpan<char> _header = header;
    private int _next;

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly ContextCookieReader GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next < _header.Length)
        {
            var rest = _header[_next..];
            var end = rest.IndexOfAny(';', ',');
            var pair = end < 0 ? rest : rest[..end];
            _next += pair.Length + 1;

            var equals = pair.IndexOf('=');
            if (equals >= 0 && IsContextCookie(pair[..equals].Trim()))
            {
                var value = rest[(equals + 1)..];
                var semicolon = value.IndexOf(';');
                Current = (semicolon < 0 ? value : value[..semicolon]).Trim();
                return true;
            }
        }

        return false;
    }

    private readonly bool IsContextCookie(ReadOnlySpan<char> name)
    {
        foreach (var known in names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
