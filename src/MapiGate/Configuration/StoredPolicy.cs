namespace MapiGate;

/// <summary>A policy document as an <see cref="IPolicyStore"/> keeps it.</summary>
/// <param name="Document">The document, as it was written.</param>
/// <param name="Version">Names this very document: another text has another version.</param>
public sealed record StoredPolicy(string Document, string Version);
