namespace MapiGate;

/// <summary>How a process name is read before it is compared.</summary>
internal static class ProcessName
{
    /// <summary>The comparison of every process name. Never the culture's: Turkish has a dotted capital i.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>What follows the last <c>\</c> or <c>/</c>, trimmed: clients send a bare name or a full path.</summary>
    public static ReadOnlySpan<char> Image(ReadOnlySpan<char> name)
    {
        var separator = name.LastIndexOfAny('\\', '/');
        return name[(separator + 1)..].Trim();
    }
}
