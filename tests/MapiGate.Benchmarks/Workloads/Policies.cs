namespace MapiGate.Benchmarks;

/// <summary>Policies as an administrator would write them.</summary>
internal static class Policies
{
    public static IConnectionPolicy Denying(params IEnumerable<string> programs) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = string.Join("; ", programs) });
}
