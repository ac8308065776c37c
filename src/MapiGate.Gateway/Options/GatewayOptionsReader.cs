using System.Globalization;

namespace MapiGate.Gateway.Options;

/// <summary>Reads the section, and says of each value that can't be used its key, the value and what to write instead.</summary>
internal static class GatewayOptionsReader
{
    private static readonly string[] Keys = [.. typeof(GatewayOptions).GetProperties().Select(static property => property.Name)];

    public static bool TryRead(IConfigurationSection section, out GatewayOptions options, out IReadOnlyList<string> errors)
    {
        var failures = new List<string>();
        foreach (var child in section.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"{child.Path} is no setting of the gateway: take it out, or use one of {string.Join(", ", Keys)}.");
            }
            else if (child.GetChildren().Any())
            {
                failures.Add($"{child.Path} is a list or an object: write one text; entries are separated by semicolons.");
            }
        }

        options = new GatewayOptions();
        foreach (var property in typeof(GatewayOptions).GetProperties())
        {
            if (section[property.Name] is not { } text)
            {
                continue;
            }

            if (Convert(text.Trim(), property.PropertyType) is { } value)
            {
                property.SetValue(options, value);
            }
            else if (!(text.Length == 0 && property.PropertyType == typeof(Uri)))
            {
                failures.Add($"{section.Path}:{property.Name} is '{text}': write {Form(property.PropertyType)}.");
            }
        }

        if (failures.Count == 0)
        {
            failures.AddRange(GatewayOptionsValidator.Failures(options));
        }

        errors = failures;
        return failures.Count == 0;
    }

    private static object? Convert(string text, Type type) =>
        type == typeof(string) ? text
        : type == typeof(bool) ? bool.TryParse(text, out var flag) ? flag : null
        : type == typeof(int) ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null
        : type == typeof(TimeSpan) ? text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    private static string Form(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number, such as 65536"
        : type == typeof(TimeSpan) ? "hours, minutes and seconds, such as 00:05:00"
        : "an address, such as http://127.0.0.1:8025";
}
