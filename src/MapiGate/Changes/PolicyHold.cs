namespace MapiGate;

/// <summary>A change of policy that was not made, because it would have disconnected more sessions than it may.</summary>
public sealed record PolicyHold
{
    internal PolicyHold()
    {
    }

    /// <summary>
    /// What names this change. Set <see cref="MapiGateOptions.ConfirmChange"/> to it, or call <see cref="Gatekeeper.Confirm"/>,
    /// to let the change through.
    /// </summary>
    public string Fingerprint { get; internal init; } = string.Empty;

    /// <summary>How many sessions the change would have disconnected when it was held.</summary>
    public long Disconnects { get; internal init; }

    /// <summary>How many sessions there were.</summary>
    public long Sessions { get; internal init; }

    /// <summary>The limit it would have passed, as it was written.</summary>
    public string Limit { get; internal init; } = string.Empty;

    /// <summary>Since when it is held, in UTC.</summary>
    public DateTimeOffset Since { get; internal init; }

    /// <summary>
    /// How many sessions each program would have lost, by executable name; the empty name for clients that gave none. The
    /// hundred that would have lost most.
    /// </summary>
    public IReadOnlyDictionary<string, long> ByProgram { get; internal init; } = new Dictionary<string, long>();

    /// <summary>What was held, whom it would have cut, and how to let it through.</summary>
    public override string ToString()
    {
        var programs = ByProgram.OrderByDescending(program => program.Value).Take(5)
            .Select(program => $"{(program.Key.Length == 0 ? "(no process name)" : $"\"{ClientText.Clean(program.Key)}\"")} {program.Value}").ToList();
        return $"The change {Fingerprint} would disconnect {Disconnects} of {Sessions} sessions{(programs.Count == 0 ? string.Empty : $" ({string.Join(", ", programs)})")}, past {Limit}: it is held, and the old policy stays in force. "
            + $"To let it through, set {PolicyKeys.ConfirmChange} to \"{Fingerprint}\".";
    }
}
