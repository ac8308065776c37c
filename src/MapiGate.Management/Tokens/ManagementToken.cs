namespace MapiGate.Management;

/// <summary>A token: its name is the author of what it changes.</summary>
internal sealed record ManagementToken(string Name, string Token, bool MayWrite);
