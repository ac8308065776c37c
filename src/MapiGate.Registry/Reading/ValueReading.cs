namespace MapiGate.Registry;

/// <summary>What became of reading one value: a text, none because the value does not exist, or an error.</summary>
/// <param name="Text">The text; <see langword="null"/> when there is none.</param>
/// <param name="Error">What is wrong with the value; <see langword="null"/> when nothing is.</param>
/// <param name="Note">What is odd about a text that was read all the same.</param>
internal readonly record struct ValueReading(string? Text, string? Error = null, string? Note = null)
{
    /// <summary>The value does not exist.</summary>
    public static ValueReading Absent => default;
}
