namespace MapiGate.Management;

/// <summary>The file of tokens cannot be used; the message says why and what to do.</summary>
internal sealed class TokenFileException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
