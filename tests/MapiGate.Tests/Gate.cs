namespace MapiGate.Tests;

/// <summary>Short ways to say what most tests begin with.</summary>
internal static class Gate
{
    public static IConnectionPolicy Blocking(string processes) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes });

    /// <summary>A policy of one named rule, which is called "rule".</summary>
    public static IConnectionPolicy Denying(RuleOptions rule) => ConnectionPolicy.FromOptions(new MapiGateOptions { Rules = { ["rule"] = rule } });

    /// <summary>A policy of somebody else's making, which must be asked about each session.</summary>
    public static IConnectionPolicy Judging(Func<MapiClient, bool> denies) => new CustomPolicy(denies);

    public static MapiClient Client(string processName, string? userName = null) =>
        new() { ProcessNames = [processName], UserName = userName };

    public static MapiSession Logon(this Gatekeeper gatekeeper, string processName, string? userName = null)
    {
        gatekeeper.TryLogon(Client(processName, userName), out var session, out var verdict).Should().BeTrue(verdict.ToString());
        return session!;
    }

    public static HashSet<long> Ids(this Gatekeeper gatekeeper) => [.. gatekeeper.Sessions.Select(session => session.Id)];

    private sealed class CustomPolicy(Func<MapiClient, bool> denies) : IConnectionPolicy
    {
        public ConnectionVerdict Evaluate(MapiClient client) =>
            denies(client) ? ConnectionVerdict.Denied("custom") : ConnectionVerdict.Allowed;
    }
}
