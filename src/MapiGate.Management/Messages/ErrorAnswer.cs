using System.Text.RegularExpressions;

namespace MapiGate.Management;

/// <summary>An error, in parts where it has them: the key, its value and the fix.</summary>
internal sealed partial record ErrorAnswer(string? Key, string? Value, string? Fix, string Text)
{
    public static ErrorAnswer Of(string error)
    {
        var parts = Parts().Match(error);
        return new ErrorAnswer(Part("key"), Part("value"), Part("fix"), error);

        string? Part(string name) => parts.Groups[name] is { Success: true } group ? group.Value : null;
    }

    // Every message of the gate about a key says: key is value; fix.
    [GeneratedRegex("""^(?<key>[\w$]+(?::[^\s":]+)*)(?: is (?:"(?<value>[^"]*)"|(?<value>[^;]+))|:).*?(?:; (?<fix>.+))?$""", RegexOptions.Singleline)]
    private static partial Regex Parts();
}
