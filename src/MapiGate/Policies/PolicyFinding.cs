namespace MapiGate;

/// <summary>Something in a policy that may not do what its writer meant. It never changes what the policy does.</summary>
public sealed record PolicyFinding
{
    internal PolicyFinding(string code, string key, string entry, string message) =>
        (Code, Key, Entry, Message) = (code, key, entry, message);

    /// <summary>A stable code, for example <c>MG1005</c>; <c>docs/findings.md</c> lists them all.</summary>
    public string Code { get; }

    /// <summary>The setting it stands in.</summary>
    public string Key { get; }

    /// <summary>The entry, as it was written.</summary>
    public string Entry { get; }

    /// <summary>What is odd about it, what it is taken to mean, and how to write it.</summary>
    public string Message { get; }

    /// <summary>The finding as a line.</summary>
    public override string ToString() => $"{Code} {Key} \"{ClientText.Clean(Entry)}\": {Message}";
}
