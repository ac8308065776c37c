using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MapiGate;

/// <summary>Rules that deny by program: those in force, or those only reported.</summary>
internal sealed record RuleSet(ProcessBlocklist Processes, ClientVersionBlocklist Versions, bool DeniesNameless, bool DeniesVersionless)
{
    private const string NamelessRule = $"{nameof(MapiGateOptions.ClientsWithoutProcessName)} = {nameof(ClientAdmission.Deny)}";
    private const string VersionlessRule = $"{nameof(MapiGateOptions.ClientsWithoutVersion)} = {nameof(ClientAdmission.Deny)}";

    private readonly bool _isEmpty = Processes.Count == 0 && Versions.Count == 0 && !DeniesNameless && !DeniesVersionless;

    /// <summary>Every rule as written.</summary>
    public IEnumerable<string> Rules =>
    [
        .. Processes,
        .. Versions,
        .. DeniesNameless ? [NamelessRule] : Array.Empty<string>(),
        .. DeniesVersionless ? [VersionlessRule] : Array.Empty<string>(),
    ];

    /// <summary>The image names without one of which no rule denies; <see langword="null"/> when other things deny too.</summary>
    public int[]? DeniedImages =>
        Versions.Count > 0 || DeniesNameless || DeniesVersionless ? null : Processes.Images;

    /// <summary>The first rule that denies the program, and what to tell its user.</summary>
    public bool TryMatch(ClientProgram program, [NotNullWhen(true)] out string? rule, out string? message)
    {
        (rule, message) = (null, null);
        if (_isEmpty)
        {
            return false;
        }

        var names = program.ProcessNames;
        for (var i = 0; i < names.Count; i++)
        {
            if (Processes.TryMatch(names[i], out rule))
            {
                message = ProgramBlocked(names[i]);
                return true;
            }
        }

        if (Versions.TryMatch(program.Version, out rule))
        {
            message = VersionBlocked(program.Version);
            return true;
        }

        (rule, message) = (DeniesNameless && program.IsNameless, DeniesVersionless && program.Version is null) switch
        {
            (true, _) => (NamelessRule, "This server's administrator has blocked programs that do not give their name."),
            (false, true) => (VersionlessRule, "This server's administrator has blocked programs that do not give their version."),
            _ => ((string?)null, (string?)null),
        };
        return rule is not null;
    }

    /// <summary>Each rule asked by itself.</summary>
    public IEnumerable<(string Rule, bool Applies)> Ask(ClientProgram program)
    {
        foreach (var entry in Processes)
        {
            var alone = ProcessBlocklist.Parse(entry);
            yield return (entry, program.ProcessNames.Any(name => alone.IsBlocked(name)));
        }

        foreach (var range in Versions.Ranges)
        {
            yield return (range.Entry, program.Version is { } version && range.Contains(ClientVersionParser.Normalise(version)));
        }

        if (DeniesNameless)
        {
            yield return (NamelessRule, program.IsNameless);
        }

        if (DeniesVersionless)
        {
            yield return (VersionlessRule, program.Version is null);
        }
    }

    // Out of line: a client that is let in would pay for the room these take.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string ProgramBlocked(string name) =>
        $"The program {LogText.Clean(ProcessName.Image(name).ToString())} is blocked on this server by its administrator.";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string VersionBlocked(Version? version) =>
        $"Version {version} of this program is blocked on this server by its administrator.";
}
