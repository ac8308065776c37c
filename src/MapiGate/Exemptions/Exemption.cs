using System.Globalization;

namespace MapiGate;

/// <summary>An exemption, ready to be asked.</summary>
internal sealed class Exemption
{
    private readonly WildcardPattern? _process;
    private readonly WildcardPattern? _user;

    public Exemption(ExemptionOptions options)
    {
        _process = Pattern(ProcessListReader.ReadName(options.Process));
        _user = Pattern(options.User.AsSpan().Trim());
        Until = options.Until;
        Text = Describe(options);
    }

    /// <summary>The exemption as a line: what it asks for, until when, and why.</summary>
    public string Text { get; }

    public DateTimeOffset? Until { get; }

    public string? Process => _process?.Pattern;

    /// <summary>Whether it names nobody, and so exempts nobody.</summary>
    public bool IsEmpty => _process is null && _user is null;

    /// <summary>Whether it speaks for a program at all, and, if so, whether for all of its users.</summary>
    public bool Covers(ClientProgram program, out bool everyUser)
    {
        everyUser = _user is null;
        return !IsEmpty && (_process is null || CoversNames(program.ProcessNames));
    }

    public bool Covers(MapiClient client) =>
        Covers(client.Program, out var everyUser) && (everyUser || (client.UserName is { } user && _user!.IsMatch(user)));

    private static WildcardPattern? Pattern(ReadOnlySpan<char> text) => text.IsEmpty ? null : new WildcardPattern(text.ToString());

    private static string Describe(ExemptionOptions options)
    {
        var parts = new[]
        {
            Part("Process", options.Process),
            Part("User", options.User),
            Part("Until", options.Until?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            Part("Reason", options.Reason),
        };
        return string.Join(", ", parts.OfType<string>());

        static string? Part(string name, string? value) => string.IsNullOrWhiteSpace(value) ? null : $"{name} {value.Trim()}";
    }

    // Every name, not any: a program must not slip through by adding an exempt name to its own.
    private bool CoversNames(IReadOnlyList<string> names)
    {
        var named = false;
        for (var i = 0; i < names.Count; i++)
        {
            var image = ProcessName.Image(names[i]);
            if (!image.IsEmpty)
            {
                named = true;
                if (!_process!.IsMatch(image))
                {
                    return false;
                }
            }
        }

        return named;
    }
}
