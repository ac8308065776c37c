namespace MapiGate.Attack.Tests.Sessions;

/// <summary>
/// A policy the model understands: which programs and users it denies, and a rule whose text nobody else writes, so that
/// a verdict tells which change it came from.
/// </summary>
internal sealed class JudgedPolicy
{
    private readonly HashSet<string> _deniedPrograms;
    private readonly string? _deniedUser;

    private JudgedPolicy(long revision, HashSet<string> deniedPrograms, string? deniedUser, IConnectionPolicy policy)
    {
        (Revision, _deniedPrograms, _deniedUser, Policy) = (revision, deniedPrograms, deniedUser, policy);
    }

    public long Revision { get; }

    public IConnectionPolicy Policy { get; }

    /// <summary>One in three each: the list an administrator writes, a host's own policy by program, one by user.</summary>
    public static JudgedPolicy Next(Random random, long revision)
    {
        var programs = Clients.Programs.Where(_ => random.Next(4) == 0).ToHashSet();
        var user = random.Next(3) == 0 ? Clients.Users[random.Next(Clients.Users.Count)] : null;
        return user is null && random.Next(2) == 0
            ? new JudgedPolicy(revision, programs, null, ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = string.Join(';', programs.Select(program => Spell(program, revision))) }))
            : new JudgedPolicy(revision, programs, user, new Custom(programs, user, $"change {revision}", user is null));
    }

    public bool Denies(MapiClient client) => _deniedPrograms.Contains(client.ProcessName!) || client.UserName == _deniedUser;

    /// <summary>Every rule it can give in a verdict. No other policy gives any of them.</summary>
    public IEnumerable<string> Rules => _deniedPrograms.Select(program => Spell(program, Revision)).Append($"change {Revision}");

    // The gate ignores case, and quotes an entry as it was written: the case of a program's letters spells the revision.
    private static string Spell(string program, long revision) =>
        string.Concat(program.Select((letter, bit) => ((revision >> bit) & 1) == 0 ? letter : char.ToUpperInvariant(letter)));

    private sealed class Custom(HashSet<string> programs, string? user, string rule, bool byProgram) : IProgramPolicy
    {
        public ConnectionVerdict Evaluate(MapiClient client) =>
            programs.Contains(client.ProcessName!) || client.UserName == user ? ConnectionVerdict.Denied(rule) : ConnectionVerdict.Allowed;

        public bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict)
        {
            verdict = programs.Contains(program.ProcessNames[0]) ? ConnectionVerdict.Denied(rule) : ConnectionVerdict.Allowed;
            return byProgram;
        }
    }
}
