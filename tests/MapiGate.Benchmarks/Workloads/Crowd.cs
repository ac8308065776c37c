using System.Globalization;

namespace MapiGate.Benchmarks;

/// <summary>Clients of 200 programs, four in five of them Outlook, one after the other in no order. Each has strings of its own, as if read from the wire.</summary>
internal static class Crowd
{
    public const int Size = 1_000_000;
    public const string Outlook = "OUTLOOK.EXE";

    private const int Seed = 920185;

    private static readonly Version Version = new(16, 0, 15928, 20006);

    /// <summary>The programs beside Outlook; each has a 199th of the clients that Outlook leaves.</summary>
    public static IReadOnlyList<string> Others { get; } = ProgramNames.Take(0, 199);

    /// <summary>Programs that no client of any crowd has.</summary>
    public static IReadOnlyList<string> Absent { get; } = ProgramNames.Take(10_000, 5);

    public static MapiClient[] Create(int count)
    {
        string[] programs = [.. Enumerable.Range(0, count).Select(i => i % 5 == 0 ? Others[i / 5 % Others.Count] : Outlook)];
        new Random(Seed).Shuffle(programs);
        return [.. programs.Select(Client)];
    }

    private static MapiClient Client(string program, int number) => new()
    {
        ProcessNames = [new string(program)],
        Version = (Version)Version.Clone(),
        UserName = string.Create(CultureInfo.InvariantCulture, $"user{number}"),
    };
}
