using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>Reads the values of one section. What cannot be read goes to the errors, by key, with the value and the fix.</summary>
internal sealed class SectionReader(IConfiguration section, List<string> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public void ReadText(string key, Action<string> set)
    {
        var entry = Find(key);
        if (entry.GetChildren().Any())
        {
            // Read as no value at all, a list here would block nothing and say nothing.
            errors.Add($"{entry.Path} is a list or an object; write one text, as in \"program1.exe; program2.exe\".");
        }
        else if (entry.Value is { } value)
        {
            set(value);
        }
    }

    public void ReadChoice<T>(string key, Action<T> set)
        where T : struct, Enum
    {
        // By name only: Enum.TryParse would take any number too.
        var names = Enum.GetNames<T>();
        ReadValue(key, string.Join(" or ", names), set, text => names
            .Where(name => name.Equals(text, StringComparison.OrdinalIgnoreCase))
            .Select(name => (T?)Enum.Parse<T>(name))
            .FirstOrDefault());
    }

    public void ReadNumber<T>(string key, string how, NumberStyles styles, Action<T> set)
        where T : struct, INumberBase<T> =>
        ReadValue(key, how, set, text => T.TryParse(text, styles, CultureInfo.InvariantCulture, out var number) ? number : null);

    // A time without its date would be another moment each day that it is read, and 01/02 is two days of the year.
    public void ReadMoment(string key, Action<DateTimeOffset> set) =>
        ReadValue(key, "a moment, as in 2026-12-31T18:00:00Z", set, text =>
            DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null);

    public SectionReader ReadSection(string key, string example)
    {
        var entry = Find(key);
        RefuseText(entry, $"an object, as in {example}");
        return new SectionReader(entry, errors);
    }

    /// <summary>The entries below a key, by their names.</summary>
    public IEnumerable<(string Name, SectionReader Reader)> ReadNamed(string key)
    {
        var entries = Find(key);
        RefuseText(entries, """an object with a name for each entry, as in { "old-outlook": { "Process": "OUTLOOK.EXE" } }""");
        foreach (var entry in entries.GetChildren())
        {
            RefuseText(entry, """an object, as in { "Process": "OUTLOOK.EXE" }""");
            yield return (entry.Key, new SectionReader(entry, errors));
        }
    }

    /// <summary>The keys that nobody has asked for.</summary>
    public IEnumerable<string> FindUnknownKeys() =>
        section.GetChildren().Where(child => !_known.Contains(child.Key)).Select(child => child.Path);

    private void RefuseText(IConfigurationSection entry, string how)
    {
        if (!string.IsNullOrWhiteSpace(entry.Value))
        {
            errors.Add($"{entry.Path} is \"{entry.Value}\"; write {how}.");
        }
    }

    private IConfigurationSection Find(string key)
    {
        _known.Add(key);
        return section.GetSection(key);
    }

    private void ReadValue<T>(string key, string how, Action<T> set, Func<string, T?> parse)
        where T : struct =>
        ReadText(key, text =>
        {
            if (parse(text.Trim()) is { } value)
            {
                set(value);
            }
            else if (!string.IsNullOrWhiteSpace(text))
            {
                errors.Add($"{section.GetSection(key).Path} is \"{text}\"; write {how}.");
            }
        });
}
