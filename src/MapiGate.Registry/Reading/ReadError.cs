namespace MapiGate.Registry;

/// <summary>The words for what could not be read. The fix comes last, where a command can be copied from.</summary>
internal static class ReadError
{
    public static string Describe(string problem, string fix) => $"{problem}. What was last read of it, if anything, stays in force. {fix}";
}
