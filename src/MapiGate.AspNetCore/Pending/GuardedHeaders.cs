using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>The response's headers as the server behind sees them: they change until the cut, and no more after it.</summary>
internal sealed class GuardedHeaders(PendingRequest request, IHttpResponseFeature response) : IHeaderDictionary
{
    public ICollection<string> Keys => Headers.Keys;

    public ICollection<StringValues> Values => Headers.Values;

    public int Count => Headers.Count;

    public bool IsReadOnly => Headers.IsReadOnly;

    public long? ContentLength
    {
        get => Headers.ContentLength;
        set => request.ChangeHead((Headers, value), static change => change.Headers.ContentLength = change.value);
    }

    private IHeaderDictionary Headers => response.Headers;

    public StringValues this[string key]
    {
        get => Headers[key];
        set => request.ChangeHead((Headers, key, value), static change => change.Headers[change.key] = change.value);
    }

    public void Add(string key, StringValues value) =>
        request.ChangeHead(((IDictionary<string, StringValues>)Headers, key, value), static change => change.Item1.Add(change.key, change.value));

    public void Add(KeyValuePair<string, StringValues> item) => Add(item.Key, item.Value);

    public void Clear() => request.ChangeHead(Headers, static headers => headers.Clear());

    public bool Remove(string key)
    {
        var found = Headers.ContainsKey(key);
        return request.ChangeHead((Headers, key), static change => change.Headers.Remove(change.key)) && found;
    }

    public bool Remove(KeyValuePair<string, StringValues> item) => Headers.Contains(item) && Remove(item.Key);

    public bool Contains(KeyValuePair<string, StringValues> item) => Headers.Contains(item);

    public bool ContainsKey(string key) => Headers.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out StringValues value) => Headers.TryGetValue(key, out value);

    public void CopyTo(KeyValuePair<string, StringValues>[] array, int arrayIndex) => Headers.CopyTo(array, arrayIndex);

    public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => Headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
