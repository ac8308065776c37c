namespace MapiGate;

/// <summary>Something in a policy that may not do what its writer meant. It never changes what the policy does.</summary>
/// <param name="Code">A stable code, for example <c>MG1005</c>; <c>docs/findings.md</c> lists them all.</param>
/// <param name="Key">The setting it stands in.</param>
/// <param name="Entry">The entry, as it was written.</param>
/// <param name="Message">What is odd about it, what it is taken to mean, and how to write it.</param>
public sealed record PolicyFinding(string Code, string Key, string Entry, string Message)
{
    /// <summary>The finding as a line.</summary>
    public override string ToString() => $"{Code} {Key} \"{LogText.Clean(Entry)}\": {Message}";
}
