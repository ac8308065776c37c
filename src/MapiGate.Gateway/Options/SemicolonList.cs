namespace MapiGate.Gateway.Options;

/// <summary>A text whose entries are separated by semicolons, as everywhere in an administrator's configuration.</summary>
internal static class SemicolonList
{
    public static string[] Split(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
