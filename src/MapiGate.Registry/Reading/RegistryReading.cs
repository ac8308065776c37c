namespace MapiGate.Registry;

/// <summary>What the registry says, after one look.</summary>
/// <param name="Texts">Texts by configuration key: as read just now or, where that failed, as last read.</param>
/// <param name="Errors">What could not be read, each naming the fix.</param>
/// <param name="Notes">What could be read, though not as it should have been written.</param>
internal sealed record RegistryReading(IReadOnlyDictionary<string, string> Texts, IReadOnlyList<string> Errors, IReadOnlyList<string> Notes)
{
    /// <summary>No values, nothing wrong.</summary>
    public static RegistryReading Empty { get; } = new(new Dictionary<string, string>(), [], []);
}
