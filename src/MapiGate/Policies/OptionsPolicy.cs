namespace MapiGate;

/// <summary>The policy written in <see cref="MapiGateOptions"/>.</summary>
internal sealed class OptionsPolicy : IProgramPolicy
{
    private readonly ProcessBlocklist _processes;
    private readonly bool _denyNameless;

    public OptionsPolicy(MapiGateOptions options)
    {
        _processes = ProcessBlocklist.Parse(options.DisableMapiClientProcesses);
        _denyNameless = options.ClientsWithoutProcessName == ClientAdmission.Deny;
        Rules = [.. _processes, .. _denyNameless ? [NamelessRule] : Array.Empty<string>()];
    }

    /// <summary>Every rule as written. Two policies with equal rules judge alike.</summary>
    public IReadOnlyList<string> Rules { get; }

    private static string NamelessRule => $"{nameof(MapiGateOptions.ClientsWithoutProcessName)} = {ClientAdmission.Deny}";

    public ConnectionVerdict Evaluate(MapiClient client)
    {
        TryEvaluate(client.Program, out var verdict);
        return verdict;
    }

    public bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict)
    {
        verdict = EvaluateNames(program.ProcessNames);
        return true;
    }

    /// <summary>Whether another policy's rules are the same set, whatever their order and case.</summary>
    public bool HasSameRulesAs(OptionsPolicy other) =>
        Rules.ToHashSet(ProcessName.Comparer).SetEquals(other.Rules);

    private ConnectionVerdict EvaluateNames(IReadOnlyList<string> names)
    {
        var nameless = true;
        for (var i = 0; i < names.Count; i++)
        {
            var image = ProcessName.Image(names[i]);
            if (_processes.TryMatch(image, out var entry))
            {
                return ConnectionVerdict.Denied(entry, $"The program {entry} is blocked on this server by its administrator.");
            }

            nameless &= image.IsEmpty;
        }

        return nameless && _denyNameless
            ? ConnectionVerdict.Denied(NamelessRule, "This server's administrator has blocked programs that do not give their name.")
            : ConnectionVerdict.Allowed;
    }
}
