namespace MapiGate.Attack.Tests.Sessions;

/// <summary>Few programs and users, so that threads meet in the same groups and groups empty and fill again all the time.</summary>
internal static class Clients
{
    /// <summary>As many letters as bits in which a policy can spell its revision.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["attackingprograma", "attackingprogramb", "attackingprogramc", "attackingprogramd"];

    public static IReadOnlyList<string> Users { get; } = ["jane", "john", "marie"];

    public static MapiClient Next(Random random) =>
        new() { ProcessNames = [Programs[random.Next(Programs.Count)]], UserName = Users[random.Next(Users.Count)] };
}
