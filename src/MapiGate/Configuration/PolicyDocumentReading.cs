namespace MapiGate;

/// <summary>A policy document, read: its values by configuration key, or everything that is wrong with it.</summary>
internal sealed record PolicyDocumentReading(IReadOnlyDictionary<string, string?> Values, IReadOnlyList<string> Errors);
