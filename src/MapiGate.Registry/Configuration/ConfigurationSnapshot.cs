using Microsoft.Extensions.Configuration;

namespace MapiGate.Registry;

/// <summary>The keys and values a provider shows, all of one moment.</summary>
internal sealed class ConfigurationSnapshot(IReadOnlyDictionary<string, string?> values)
{
    public static ConfigurationSnapshot Empty { get; } = new(new Dictionary<string, string?>());

    private readonly Dictionary<string, string?> _values = new(values, StringComparer.OrdinalIgnoreCase);

    public bool TryGet(string key, out string? value) => _values.TryGetValue(key, out value);

    public ConfigurationSnapshot With(string key, string? value) =>
        new(new Dictionary<string, string?>(_values, StringComparer.OrdinalIgnoreCase) { [key] = value });

    /// <summary>The names one level below a path; <see langword="null"/> asks for the top level.</summary>
    public IEnumerable<string> ChildrenOf(string? parentPath)
    {
        var start = parentPath is null ? 0 : parentPath.Length + ConfigurationPath.KeyDelimiter.Length;
        var prefix = parentPath is null ? "" : parentPath + ConfigurationPath.KeyDelimiter;
        foreach (var key in _values.Keys.Where(key => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var end = key.IndexOf(ConfigurationPath.KeyDelimiter, start, StringComparison.Ordinal);
            yield return end < 0 ? key[start..] : key[start..end];
        }
    }

    /// <summary>Whether both show the same keys with the same values.</summary>
    public bool HasSameValuesAs(ConfigurationSnapshot other) =>
        _values.Count == other._values.Count
        && _values.All(pair => other._values.TryGetValue(pair.Key, out var value) && pair.Value == value);
}
